using PSSandbox.FileSystem;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Completing;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Interactive;

/// <summary>Completes names of commands, files and variables of a shell.</summary>
internal sealed class ShellCompleter(ShellInterpreter shell)
{
    private const int MaxCandidates = 20_000;

    private static readonly string[] Keywords =
    [
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "select", "function", "time", "coproc",
    ];

    /// <summary>What may stand at the end of a line.</summary>
    /// <param name="line">The line up to the cursor, a byte string.</param>
    /// <returns>Null where nothing can be completed.</returns>
    public Completion? Complete(string line)
    {
        if (CompletionContext.Find(line) is not { } context)
            return null;
        string source = line[context.Start..];
        if (CompletionWord.EndsInVariable(source, out int start, out bool isBraced))
            return Variables(source, start, isBraced);
        if (context.Command.Length > 0 && Programmed(line, context) is { } programmed)
            return programmed;
        CompletionWord word = CompletionWord.Parse(source, !context.IsCommand || source.Contains('='), shell.Variables.Get);
        var found = new SortedDictionary<string, CompletionCandidate>(StringComparer.Ordinal);
        if (context.IsCommand && word.Directory.Length == 0 && !source.Contains('='))
            AddCommands(word.Name, found);
        if (found.Count == 0)
        {
            bool onlyFolders = context.Command is "cd" or "pushd" or "rmdir";
            AddFiles(word.Directory, word.Name, onlyFolders, context.IsCommand && !source.Contains('='), found);
        }

        return new Completion(word.Length, [.. found.Values], word.Quote);
    }

    /// <summary>What <c>complete</c> said for the command; null where it said nothing, or leaves it to the shell.</summary>
    private Completion? Programmed(string line, in CompletionContext context)
    {
        CompletionTable table = shell.Completions;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            if (table.Find(context.Command) is not { } specification)
                return null;
            CompletionRequest request = CommandWords.Split(line, context);
            CompletionWord word = CompletionWord.Parse(request.Word, isArgument: false, shell.Variables.Get);
            int length = request.Word.Length;
            request = request with { Word = word.Directory + word.Name };
            table.Present = specification.Options;
            List<string> found = new CompletionGenerator(shell).Generate(specification, request, out bool again);
            CompletionOptions options = table.Present ?? specification.Options;
            table.Present = null;
            if (again)
                continue;
            if (found.Count == 0)
                return (options & (CompletionOptions.Default | CompletionOptions.BashDefault)) != 0 ? null : new Completion(0, []);
            bool files = (options & CompletionOptions.FileNames) != 0 || specification.Actions.Contains("file") || specification.Actions.Contains("directory");
            string after = (options & CompletionOptions.NoSpace) != 0 ? "" : " ";
            var candidates = new SortedDictionary<string, CompletionCandidate>(StringComparer.Ordinal);
            foreach (string text in found)
                candidates[text] = new CompletionCandidate(text, files && IsDirectory(text), IsRaw: !files || (options & CompletionOptions.NoQuote) != 0, after);
            return new Completion(length, [.. candidates.Values], word.Quote);
        }

        return null;
    }

    private Completion Variables(string source, int start, bool isBraced)
    {
        string prefix = source[start..];
        var found = new SortedDictionary<string, CompletionCandidate>(StringComparer.Ordinal);
        bool quoted = source.Contains('"');
        foreach (string name in shell.Variables.NamesWithPrefix(prefix))
        {
            bool folder = !isBraced && shell.Variables.Get(name) is ['/', ..] path && IsDirectory(path);
            found[name] = new CompletionCandidate(name, folder, IsRaw: true, isBraced ? "}" : quoted ? "" : " ");
        }

        return new Completion(prefix.Length, [.. found.Values]);
    }

    private void AddCommands(string prefix, SortedDictionary<string, CompletionCandidate> found)
    {
        foreach (string name in Keywords)
            Add(name);
        foreach (string name in shell.Aliases.Keys)
            Add(name);
        foreach (string name in shell.Functions.Keys)
            Add(name);
        foreach (Builtin builtin in BuiltinTable.All)
        {
            if (shell.IsBuiltinEnabled(builtin.Name))
                Add(builtin.Name);
        }

        foreach (string directory in (shell.Variables.Get("PATH") ?? "").Split(':'))
        {
            string folder = directory.Length == 0 ? "./" : directory + "/";
            foreach (DirectoryEntry entry in Read(folder))
            {
                if (entry.Name.StartsWith(prefix, StringComparison.Ordinal) && !found.ContainsKey(entry.Name) && IsExecutable(folder + entry.Name))
                    Add(entry.Name);
            }
        }

        void Add(string name)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                found[name] = new CompletionCandidate(name);
        }
    }

    private void AddFiles(string folder, string prefix, bool onlyFolders, bool onlyExecutables, SortedDictionary<string, CompletionCandidate> found)
    {
        foreach (DirectoryEntry entry in Read(folder.Length == 0 ? "./" : folder))
        {
            if (!entry.Name.StartsWith(prefix, StringComparison.Ordinal) || entry.Name[0] == '.' && (prefix.Length == 0 || entry.Name is "." or ".."))
                continue;
            string path = folder + entry.Name;
            bool isFolder = entry.Type == FileType.Directory || entry.Type == FileType.SymbolicLink && IsDirectory(path);
            if (!isFolder && (onlyFolders || onlyExecutables && !IsExecutable(path)))
                continue;
            found[entry.Name] = new CompletionCandidate(entry.Name, isFolder);
        }
    }

    private IEnumerable<DirectoryEntry> Read(string folder)
    {
        if (shell.OpenFile(folder, OpenFlags.ReadOnly | OpenFlags.Directory, out OpenFile? file) != Errno.None)
            yield break;
        long cookie = 0;
        for (int i = 0; i < MaxCandidates && file!.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } item; i++)
            yield return item;
        file!.Release();
    }

    private bool IsDirectory(string path) => Status(path) is { Type: FileType.Directory };

    private bool IsExecutable(string path) =>
        Status(path) is { Type: FileType.Regular } status && VirtualFileSystem.Permits(status, shell.Process.User, 1);

    private FileStatus? Status(string path) =>
        shell.Process.Kernel.Files.GetStatus(shell.Process.Paths, path, true, out FileStatus status) == Errno.None ? status : null;
}
