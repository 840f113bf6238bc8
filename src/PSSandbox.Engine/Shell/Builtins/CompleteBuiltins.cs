using PSSandbox.Shell.Completing;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>complete compgen compopt</c> (bash manual 8.7).</summary>
internal static class CompleteBuiltins
{
    /// <summary><c>complete</c>.</summary>
    public static int Complete(ShellInterpreter shell, List<string> arguments)
    {
        if (Read(shell, arguments, "prDEI") is not { } read)
            return 2;
        CompletionTable table = shell.Completions;
        var names = new List<string>(arguments.Skip(read.Index));
        if (read.Has('D'))
            names = [CompletionTable.Fallback];
        else if (read.Has('E'))
            names = [CompletionTable.EmptyLine];
        else if (read.Has('I'))
            names = [CompletionTable.FirstWord];
        if (read.Has('r'))
        {
            if (names.Count == 0)
                table.Clear();
            return Each(names, table.Remove);
        }

        if (read.Has('p') || names.Count == 0 && read.IsEmpty)
        {
            if (names.Count == 0)
            {
                foreach ((string name, CompletionSpecification specification) in table.InOrder(shell.CheckAttention))
                    Print(shell, name, specification);
                return 0;
            }

            return Each(names, name =>
            {
                if (table.Get(name) is not { } specification)
                    return false;
                Print(shell, name, specification);
                return true;
            });
        }

        if (names.Count == 0)
        {
            shell.Usage("complete");
            return 2;
        }

        foreach (string name in names)
            table.Set(name, read.Specification);
        return 0;

        int Each(List<string> all, Func<string, bool> action)
        {
            int status = 0;
            foreach (string name in all)
            {
                if (action(name))
                    continue;
                shell.Error($"complete: {name}: no completion specification");
                status = 1;
            }

            return status;
        }
    }

    /// <summary><c>compgen</c>.</summary>
    public static int Generate(ShellInterpreter shell, List<string> arguments)
    {
        if (Read(shell, arguments, "") is not { } read)
            return 2;
        if (read.IsEmpty)
            return 0;
        if (read.Specification.Function is not null)
            shell.Error("compgen: warning: -F option may not work as you expect");
        if (read.Specification.Command is not null)
            shell.Error("compgen: warning: -C option may not work as you expect");
        string word = read.Index < arguments.Count ? arguments[read.Index] : "";
        var request = new CompletionRequest("compgen", word, "", [], -1, "");
        List<string> found = new CompletionGenerator(shell).Generate(read.Specification, request, out _);
        if (found.Count == 0 && (read.Specification.Options & (CompletionOptions.Default | CompletionOptions.BashDefault)) != 0)
            found = new CompletionGenerator(shell).Generate(new CompletionSpecification { Actions = new HashSet<string> { "file" } }, request, out _);
        foreach (string text in found)
            shell.Out.Append(text + "\n");
        return found.Count > 0 ? 0 : 1;
    }

    /// <summary><c>compopt</c>.</summary>
    public static int Options(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "o:DEI") { AllowPlus = true };
        CompletionOptions on = 0, off = 0;
        string? special = null;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'o' when OptionOf(options.Argument) is { } named:
                    if (options.IsPlus)
                        off |= named;
                    else
                        on |= named;
                    break;
                case 'o':
                    shell.Error($"compopt: {options.Argument}: invalid option name");
                    return 2;
                case '?':
                    return 2;
                default:
                    special = option == 'D' ? CompletionTable.Fallback : option == 'E' ? CompletionTable.EmptyLine : CompletionTable.FirstWord;
                    break;
            }
        }

        CompletionTable table = shell.Completions;
        List<string> names = special is not null ? [special] : [.. arguments.Skip(options.Index)];
        if (names.Count == 0)
        {
            if (table.Present is not { } present)
            {
                shell.Error("compopt: not currently executing completion function");
                return 1;
            }

            table.Present = (present | on) & ~off;
            return 0;
        }

        int status = 0;
        foreach (string name in names)
        {
            if (table.Get(name) is { } specification)
            {
                table.Set(name, specification with { Options = (specification.Options | on) & ~off });
                continue;
            }

            shell.Error($"compopt: {name}: no completion specification");
            status = 1;
        }

        return status;
    }

    private static CompletionOptions? OptionOf(string name)
    {
        foreach ((string candidate, CompletionOptions option) in CompletionSpecification.AllOptions)
        {
            if (candidate == name)
                return option;
        }

        return null;
    }

    private static void Print(ShellInterpreter shell, string name, CompletionSpecification specification)
    {
        string target = name switch
        {
            CompletionTable.Fallback => "-D",
            CompletionTable.EmptyLine => "-E",
            CompletionTable.FirstWord => "-I",
            _ => name,
        };
        shell.Out.Append($"{specification}{target}\n");
    }

    /// <summary>Reads the options that say how to complete, and flags besides. Null after a message.</summary>
    private static Arguments? Read(ShellInterpreter shell, List<string> arguments, string flags)
    {
        var options = new OptionScanner(shell, arguments, "abcdefgjksuvo:A:G:W:F:C:X:P:S:" + flags);
        var specification = new CompletionSpecification();
        var actions = new HashSet<string>();
        string given = "";
        for (char option; (option = options.Next()) != '\0';)
        {
            string argument = options.Argument;
            switch (option)
            {
                case '?':
                    return null;
                case 'o' when OptionOf(argument) is { } named:
                    specification = specification with { Options = specification.Options | named };
                    break;
                case 'o':
                    shell.Error($"{arguments[0]}: {argument}: invalid option name");
                    return null;
                case 'A' when Array.Exists(CompletionSpecification.AllActions, a => a.Name == argument):
                    actions.Add(argument);
                    break;
                case 'A':
                    shell.Error($"{arguments[0]}: {argument}: invalid action name");
                    return null;
                case 'G':
                    specification = specification with { Glob = argument };
                    break;
                case 'W':
                    specification = specification with { Words = argument };
                    break;
                case 'F':
                    specification = specification with { Function = argument };
                    break;
                case 'C':
                    specification = specification with { Command = argument };
                    break;
                case 'X':
                    specification = specification with { Filter = argument };
                    break;
                case 'P':
                    specification = specification with { Prefix = argument };
                    break;
                case 'S':
                    specification = specification with { Suffix = argument };
                    break;
                default:
                    if (flags.Contains(option))
                        given += option;
                    else
                        actions.Add(Array.Find(CompletionSpecification.AllActions, a => a.Letter == option).Name);
                    break;
            }
        }

        bool isEmpty = actions.Count == 0 && specification == new CompletionSpecification { Actions = specification.Actions };
        return new Arguments(specification with { Actions = actions }, options.Index, given, isEmpty);
    }

    private sealed record Arguments(CompletionSpecification Specification, int Index, string Flags, bool IsEmpty)
    {
        public bool Has(char flag) => Flags.Contains(flag);
    }
}
