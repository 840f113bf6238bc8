using PSSandbox.FileSystem;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>compgen</c>: the actions that scripts use (-A, -W, and the letters for aliases, built-ins, commands, files …).</summary>
internal static class CompgenBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "abcdefgjksuvA:W:P:S:o:");
        var actions = new List<string>();
        string? words = null;
        string prefix = "";
        string suffix = "";
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'A':
                    actions.Add(options.Argument);
                    break;
                case 'W':
                    words = options.Argument;
                    break;
                case 'P':
                    prefix = options.Argument;
                    break;
                case 'S':
                    suffix = options.Argument;
                    break;
                case 'o':
                    break;
                case '?':
                    return 2;
                default:
                    actions.Add(option switch
                    {
                        'a' => "alias",
                        'b' => "builtin",
                        'c' => "command",
                        'd' => "directory",
                        'e' => "export",
                        'f' => "file",
                        'j' => "job",
                        'k' => "keyword",
                        'v' => "variable",
                        _ => "",
                    });
                    break;
            }
        }

        string start = options.Index < arguments.Count ? arguments[options.Index] : "";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string action in actions)
        {
            if (!Collect(shell, action, start, found))
            {
                shell.Error($"compgen: {action}: invalid action name");
                return 2;
            }
        }

        int count = 0;
        foreach (string name in found)
            Write(name);
        if (words is not null)
        {
            foreach (string word in words.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
                Write(word);
        }

        return count > 0 ? 0 : 1;

        void Write(string name)
        {
            if (!name.StartsWith(start, StringComparison.Ordinal))
                return;
            count++;
            shell.Out.Append(string.Concat(prefix, name, suffix, "\n"));
        }
    }

    private static bool Collect(ShellInterpreter shell, string action, string start, SortedSet<string> found)
    {
        switch (action)
        {
            case "alias":
                found.UnionWith(shell.Aliases.Keys);
                return true;
            case "builtin" or "enabled":
                AddBuiltins();
                return true;
            case "function":
                found.UnionWith(shell.Functions.Keys);
                return true;
            case "variable":
                found.UnionWith(shell.Variables.NamesWithPrefix(start));
                return true;
            case "export":
                foreach (string name in shell.Variables.NamesWithPrefix(start))
                {
                    if (shell.Variables.FindDirect(name) is { IsExported: true })
                        found.Add(name);
                }

                return true;
            case "arrayvar":
                foreach (string name in shell.Variables.NamesWithPrefix(start))
                {
                    if (shell.Variables.FindDirect(name) is { IsArray: true })
                        found.Add(name);
                }

                return true;
            case "keyword":
                found.UnionWith(["if", "then", "else", "elif", "fi", "time", "for", "in", "until", "while", "do", "done", "case", "esac", "coproc", "select", "function", "{", "}", "[[", "]]", "!"]);
                return true;
            case "setopt":
                foreach ((string name, _) in OptionNames.Long)
                    found.Add(name);
                return true;
            case "shopt":
                found.UnionWith(Shopt.Names);
                return true;
            case "signal":
                for (int i = 1; i < 32; i++)
                    found.Add("SIG" + Processes.Signals.Name((Processes.Signal)i));
                return true;
            case "command":
                found.UnionWith(shell.Aliases.Keys);
                found.UnionWith(shell.Functions.Keys);
                AddBuiltins();
                foreach (string directory in (shell.Variables.Get("PATH") ?? "").Split(':'))
                    AddFiles(shell, directory, "", directoriesOnly: false, found);
                return true;
            case "file" or "directory":
                int slash = start.LastIndexOf('/');
                string path = slash < 0 ? "." : slash == 0 ? "/" : start[..slash];
                AddFiles(shell, path, slash < 0 ? "" : start[..(slash + 1)], action == "directory", found);
                return true;
            case "job" or "running" or "stopped" or "user" or "group" or "hostname" or "service" or "helptopic" or "binding" or "disabled" or "":
                return true;
            default:
                return false;
        }

        void AddBuiltins()
        {
            foreach (Builtin builtin in BuiltinTable.All)
                found.Add(builtin.Name);
        }
    }

    private static void AddFiles(ShellInterpreter shell, string directory, string prefix, bool directoriesOnly, SortedSet<string> found)
    {
        if (shell.OpenFile(directory.Length == 0 ? "." : directory, OpenFlags.ReadOnly | OpenFlags.Directory, out OpenFile? file) != Errno.None)
            return;
        long cookie = 0;
        while (file!.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } item)
        {
            if (item.Name is not ("." or "..") && (!directoriesOnly || item.Type == FileType.Directory))
                found.Add(prefix + item.Name);
        }

        file.Release();
    }
}
