using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interactive;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Completing;

/// <summary>Makes what a specification stands for (bash manual 8.6).</summary>
internal sealed class CompletionGenerator(ShellInterpreter shell)
{
    private static readonly string[] Keywords =
    [
        "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in", "function", "time", "{", "}", "!", "[[", "]]", "coproc",
    ];

    /// <summary>The texts, in the order in which bash gives them.</summary>
    /// <param name="specification">How.</param>
    /// <param name="request">Of what.</param>
    /// <param name="again">Whether the function asked to begin anew, with status 124.</param>
    public List<string> Generate(CompletionSpecification specification, CompletionRequest request, out bool again)
    {
        string word = request.Word;
        var found = new List<string>();
        foreach ((string action, _) in CompletionSpecification.AllActions)
        {
            if (specification.Actions.Contains(action))
                Add(found, Action(action, word), word);
        }

        if (specification.Glob is { } glob)
        {
            var paths = new List<string>();
            shell.Expander.ExpandPaths(glob, glob, extended: true, paths);
            if (paths is not [var only] || only != glob || shell.Process.Kernel.Files.GetStatus(shell.Process.Paths, only, false, out _) == Errno.None)
                found.AddRange(paths);
        }

        if (specification.Words is { } words)
            Add(found, SplitWords(words), word);
        again = false;
        if (specification.Function is { } function)
            found.AddRange(Call(function, request, out again));
        if (specification.Command is { } command)
            found.AddRange(RunCommand(command, request));
        if (specification.Filter is { Length: > 0 } filter)
            Filter(found, filter, word);
        if (specification.Prefix is not null || specification.Suffix is not null)
            found = found.ConvertAll(f => string.Concat(specification.Prefix, f, specification.Suffix));
        if (found.Count == 0 && (specification.Options & CompletionOptions.DirNames) != 0 || (specification.Options & CompletionOptions.PlusDirs) != 0)
            AddNew(found, Files(word, onlyDirectories: true));
        return found;
    }

    private void Add(List<string> found, IEnumerable<string> names, string word)
    {
        foreach (string name in names)
        {
            PatternMatcher.CheckAttention(shell);
            if (name.StartsWith(word, StringComparison.Ordinal))
                found.Add(name);
        }
    }

    private void AddNew(List<string> found, List<string> names)
    {
        var known = new HashSet<string>(found, StringComparer.Ordinal);
        foreach (string name in names)
        {
            PatternMatcher.CheckAttention(shell);
            if (known.Add(name))
                found.Add(name);
        }
    }

    private List<string> Sorted(IEnumerable<string> names)
    {
        List<string> sorted = [.. names];
        LargeSort.Sort(sorted, shell);
        return sorted;
    }

    private IEnumerable<string> Action(string action, string word) => action switch
    {
        "alias" => Sorted(shell.Aliases.Keys),
        "arrayvar" => Variables(word, static v => v.IsArray),
        "binding" => EditorFunctions.Names,
        "builtin" or "helptopic" => Builtins(static _ => true),
        "enabled" => Builtins(b => shell.IsBuiltinEnabled(b.Name)),
        "disabled" => Builtins(b => !shell.IsBuiltinEnabled(b.Name)),
        "command" => Commands(word),
        "directory" => Files(word, onlyDirectories: true),
        "export" => Variables(word, static v => v.IsExported),
        "file" => Files(word, onlyDirectories: false),
        "function" => Sorted(shell.Functions.Keys),
        "group" => Names("/etc/group"),
        "hostname" => HostNames(),
        "job" => shell.Jobs.Jobs.Select(static j => JobName(j)),
        "running" => shell.Jobs.Jobs.Where(static j => !j.IsDone && !j.IsStopped).Select(static j => JobName(j)),
        "stopped" => shell.Jobs.Jobs.Where(static j => j.IsStopped).Select(static j => JobName(j)),
        "keyword" => Keywords,
        "setopt" => OptionNames.Long.Select(static o => o.Name),
        "shopt" => Shopt.Names,
        "signal" => Enumerable.Range(1, 31).Select(static n => "SIG" + Signals.Name((Signal)n)),
        "user" => Names("/etc/passwd"),
        "variable" => Variables(word, static _ => true),
        _ => [],
    };

    private IEnumerable<string> Variables(string word, Func<Variable, bool> wanted) =>
        shell.Variables.NamesWithPrefix(word).Where(n => shell.Variables.FindDirect(n) is { } variable && wanted(variable));

    private static IEnumerable<string> Builtins(Func<Builtin, bool> wanted) =>
        BuiltinTable.All.Where(wanted).Select(static b => b.Name).Order(StringComparer.Ordinal);

    private static string JobName(ShellJob job) => job.Command.Split(' ')[0];

    private SortedSet<string> Commands(string word)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (word.Contains('/'))
        {
            names.UnionWith(Files(word, onlyDirectories: false));
            return names;
        }

        names.UnionWith(shell.Aliases.Keys);
        names.UnionWith(Keywords);
        names.UnionWith(shell.Functions.Keys);
        names.UnionWith(Builtins(static _ => true));
        string search = shell.Variables.Get("PATH") ?? "";
        foreach (Range part in search.AsSpan().Split(':'))
        {
            foreach (DirectoryEntry entry in Read(search[part] is { Length: > 0 } directory ? directory : "."))
            {
                if (entry.Name is not ("." or "..") && entry.Name.StartsWith(word, StringComparison.Ordinal))
                    names.Add(entry.Name);
            }
        }

        return names;
    }

    /// <summary>The names of files that begin with a word, each with the word's own directory before it.</summary>
    private List<string> Files(string word, bool onlyDirectories)
    {
        int slash = word.LastIndexOf('/');
        string directory = word[..(slash + 1)];
        string name = word[(slash + 1)..];
        var found = new List<string>();
        foreach (DirectoryEntry entry in Read(directory.Length == 0 ? "." : directory))
        {
            if (entry.Name is "." or ".." || !entry.Name.StartsWith(name, StringComparison.Ordinal))
                continue;
            string path = directory + entry.Name;
            if (!onlyDirectories || entry.Type == FileType.Directory || entry.Type == FileType.SymbolicLink && IsDirectory(path))
                found.Add(path);
        }

        LargeSort.Sort(found, shell);
        return found;
    }

    private bool IsDirectory(string path) =>
        shell.Process.Kernel.Files.GetStatus(shell.Process.Paths, path, true, out FileStatus status) == Errno.None && status.Type == FileType.Directory;

    private List<DirectoryEntry> Read(string directory)
    {
        shell.CheckAttention();
        var entries = new List<DirectoryEntry>();
        if (shell.OpenFile(directory, OpenFlags.ReadOnly | OpenFlags.Directory, out OpenFile? file) != Errno.None)
            return entries;
        long cookie = 0;
        while (file!.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } item)
            entries.Add(item);
        file.Release();
        return entries;
    }

    private IEnumerable<string> Names(string path) =>
        shell.ReadSource(path, out string text) == Errno.None ? text.Split('\n').Select(static l => l.Split(':')[0]).Where(static n => n.Length > 0) : [];

    private IEnumerable<string> HostNames()
    {
        if (shell.ReadSource(shell.Variables.Get("HOSTFILE") ?? "/etc/hosts", out string text) != Errno.None)
            return [];
        return text.Split('\n').Select(static l => l.Split('#')[0]).SelectMany(static l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Skip(1)).Distinct();
    }

    /// <summary>The words of -W: split by IFS outside of quotes, each then expanded.</summary>
    private List<string> SplitWords(string text)
    {
        FieldSeparators separators = shell.Expander.Separators;
        var words = new List<string>();
        int start = 0;
        char quote = '\0';
        for (int i = 0, rounds = 1; i <= text.Length; i++, rounds++)
        {
            if ((rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(shell);
            int length = i == text.Length ? 1 : quote == '\0' ? separators.LengthAt(text, i) : 0;
            if (length > 0)
            {
                if (i > start)
                    words.Add(Expand(text[start..i]));
                i += length - 1;
                start = i + 1;
                continue;
            }

            char c = text[i];
            if (c == '\\' && quote != '\'')
                i++;
            else if (c is '\'' or '"' && (quote == '\0' || quote == c))
                quote = quote == '\0' ? c : '\0';
        }

        if (start < text.Length)
            words.Add(Expand(text[start..]));
        return words;
    }

    private string Expand(string word)
    {
        if (word.AsSpan().IndexOfAny("$`\\'\"") < 0 || shell.ParseArray("w", $"({word})", append: false) is not { Elements: { } elements })
            return word;
        var fields = new List<string>();
        foreach (ArrayElement element in elements)
            shell.Expander.ExpandWord(element.Value, fields);
        return string.Join(' ', fields);
    }

    private void Filter(List<string> found, string filter, string word)
    {
        bool keeps = filter[0] == '!';
        string text = (keeps ? filter[1..] : filter).Replace("\\&", "\0", StringComparison.Ordinal).Replace("&", word, StringComparison.Ordinal).Replace('\0', '&');
        Pattern pattern = Pattern.Get(text, PatternOptions.Extended);
        found.RemoveAll(f => IsMatch(f) != keeps);

        bool IsMatch(string name)
        {
            PatternMatcher.CheckAttention(shell);
            return pattern.IsMatch(name, shell);
        }
    }

    private List<string> Call(string name, CompletionRequest request, out bool again)
    {
        again = false;
        if (!shell.Functions.TryGetValue(name, out ShellFunction? function))
        {
            shell.Error($"completion: function `{name}' not found");
            return [];
        }

        SetVariables(request, words: true);
        shell.Variables.Unset("COMPREPLY");
        again = shell.CallAside(function, [name, request.Command, request.Word, request.Previous]) == 124;
        var found = new List<string>();
        if (shell.Variables.Find("COMPREPLY") is { } reply)
        {
            if (shell.Variables.GetIndexed(reply) is { } values)
                values.CopyValuesTo(found);
            else if (shell.Variables.Get(reply) is { } value)
                found.Add(value);
        }

        foreach (string variable in (ReadOnlySpan<string>)["COMPREPLY", "COMP_WORDS", "COMP_CWORD", "COMP_LINE", "COMP_POINT", "COMP_KEY", "COMP_TYPE"])
            shell.Variables.Unset(variable);
        return found;
    }

    private IEnumerable<string> RunCommand(string command, CompletionRequest request)
    {
        string source = $"({Quoting.Always(request.Command)} {Quoting.Always(request.Word)} {Quoting.Always(request.Previous)})";
        if (shell.ParseArray("w", $"(\"$({command} {source[1..^1]})\")", append: false) is not { Elements: [ArrayElement output] })
            return [];
        SetVariables(request, words: false);
        return shell.Expander.ExpandSingle(output.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void SetVariables(CompletionRequest request, bool words)
    {
        VariableTable variables = shell.Variables;
        variables.Assign("COMP_LINE", request.Line);
        variables.Assign("COMP_POINT", IntegerText.Format(request.Line.Length));
        variables.Assign("COMP_KEY", "9");
        variables.Assign("COMP_TYPE", "9");
        if (!words)
            return;
        variables.AssignArray("COMP_WORDS", new IndexedArray(request.Words));
        variables.Assign("COMP_CWORD", IntegerText.Format(request.Index));
    }
}
