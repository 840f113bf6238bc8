using PSSandbox.FileSystem;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Built-ins about commands: <c>command builtin type hash enable</c>.</summary>
internal static class CommandBuiltin
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] ReservedWords =
    [
        "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while",
        "[[", "]]", "function", "select", "time", "coproc",
    ];

    /// <summary><c>command</c>.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "pvV");
        bool standardPath = false;
        char describe = '\0';
        for (char option; (option = options.Next()) != '\0';)
        {
            if (option == 'p')
                standardPath = true;
            else if (option is 'v' or 'V')
                describe = option;
            else
                return 2;
        }

        int at = options.Index;
        if (at >= arguments.Count)
            return 0;
        string? path = standardPath ? DefaultPath : null;
        if (describe == '\0')
        {
            arguments.RemoveRange(0, at);
            return shell.RunWithoutFunctions(arguments, path);
        }

        // In bash it is enough that one is found; dash looks at the first alone.
        bool found = false;
        int end = shell.Flavor == ShellFlavor.Dash ? at + 1 : arguments.Count;
        for (int i = at; i < end && shell.IsArgument(arguments, i); i++)
        {
            if (Describe(shell, arguments[i], describe == 'V' ? 'V' : 'v', all: false, functions: true, path))
                found = true;
            else if (describe == 'V')
                shell.Error(shell.IsBash ? $"command: {arguments[i]}: not found" : $"{arguments[i]}: not found");
        }

        return found ? 0 : shell.IsBash ? 1 : 127;
    }

    /// <summary><c>builtin</c>.</summary>
    public static int Builtin(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count <= at)
            return 0;
        if (BuiltinTable.Find(arguments[at]) is not { } builtin)
        {
            shell.Error($"builtin: {arguments[at]}: not a shell builtin");
            return 1;
        }

        arguments.RemoveRange(0, at);
        return builtin.Run(shell, arguments);
    }

    /// <summary><c>type</c>.</summary>
    public static int Type(ShellInterpreter shell, List<string> arguments)
    {
        bool all = false;
        bool functions = true;
        char style = 'V';
        int at = 1;
        if (shell.IsBash)
        {
            var options = new OptionScanner(shell, arguments, "afptP");
            for (char option; (option = options.Next()) != '\0';)
            {
                switch (option)
                {
                    case 'a':
                        all = true;
                        break;
                    case 'f':
                        functions = false;
                        break;
                    case 'p' or 'P' or 't':
                        style = option;
                        break;
                    default:
                        return 2;
                }
            }

            at = options.Index;
        }

        int status = 0;
        for (int i = at; shell.IsArgument(arguments, i); i++)
        {
            if (Describe(shell, arguments[i], style, all, functions, null))
                continue;
            if (style == 'V')
            {
                if (shell.IsBash)
                    shell.Error($"type: {arguments[i]}: not found");
                else
                    shell.Out.Append($"{arguments[i]}: not found\n");
            }

            status = shell.IsBash ? 1 : 127;
        }

        return status;
    }

    /// <summary><c>hash</c>.</summary>
    public static int Hash(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "rdltp:");
        bool delete = false;
        bool tell = false;
        bool list = false;
        string? path = null;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'r':
                    shell.Unhash();
                    break;
                case 'd':
                    delete = true;
                    break;
                case 'l':
                    list = true;
                    break;
                case 't':
                    tell = true;
                    break;
                case 'p':
                    path = options.Argument;
                    break;
                default:
                    return 2;
            }
        }

        if (options.Index >= arguments.Count)
        {
            if (arguments.Count == 1 && shell.Hash.Count == 0 && shell.IsBash)
                shell.Out.Append("hash: hash table empty\n");
            if (arguments.Count == 1 && shell.Hash.Count > 0 && shell.IsBash)
                shell.Out.Append("hits\tcommand\n");
            if (arguments.Count > 1 && !list)
                return 0;
            foreach ((string name, HashEntry entry) in shell.Hash)
                shell.Out.Append(list ? $"builtin hash -p {entry.Path} {name}\n" : shell.IsBash ? $"{entry.Hits,4}\t{entry.Path}\n" : $"{entry.Path}\n");
            return 0;
        }

        if (!shell.Has(ShellOptions.HashAll))
        {
            shell.Error("hash: hashing disabled");
            return 1;
        }

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            string name = arguments[i];
            if (path is not null)
            {
                shell.Remember(name, path);
            }
            else if (delete || tell)
            {
                if (!shell.Hash.TryGetValue(name, out HashEntry? entry))
                {
                    shell.Error($"hash: {name}: not found");
                    status = 1;
                }
                else if (tell)
                {
                    shell.Out.Append(arguments.Count - options.Index > 1 ? $"{name}\t{entry.Path}\n" : entry.Path + "\n");
                }
                else
                {
                    shell.Unhash(name);
                }
            }
            else if (!name.Contains('/') && BuiltinTable.Find(name) is null && !shell.Functions.ContainsKey(name))
            {
                shell.Unhash(name);
                if (shell.Locate(name, null, out _, out _) is null)
                {
                    shell.Error($"hash: {name}: not found");
                    status = 1;
                }
                else if (shell.Hash.TryGetValue(name, out HashEntry? entry))
                {
                    entry.Hits = 0;
                }
            }
        }

        return status;
    }

    /// <summary><c>enable</c>.</summary>
    public static int Enable(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "adnps");
        bool off = false;
        bool all = false;
        bool dynamic = false;
        bool special = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            if (option == 'n')
                off = true;
            else if (option == 'd')
                dynamic = true;
            else if (option == 's')
                special = true;
            else if (option == 'a')
                all = true;
            else if (option != 'p')
                return 2;
        }

        if (options.Index >= arguments.Count)
        {
            var names = new List<string>();
            foreach (Builtin builtin in BuiltinTable.All)
            {
                if (!special || builtin.IsSpecial)
                    names.Add(builtin.Name);
            }

            names.Sort(StringComparer.Ordinal);
            foreach (string name in names)
            {
                bool enabled = shell.IsBuiltinEnabled(name);
                if (all || enabled != off)
                    shell.Out.Append($"enable {(enabled ? "" : "-n ")}{name}\n");
            }

            return 0;
        }

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            if (BuiltinTable.Find(arguments[i]) is null)
            {
                shell.Error($"enable: {arguments[i]}: not a shell builtin");
                status = 1;
                continue;
            }

            if (dynamic)
            {
                shell.Error($"enable: {arguments[i]}: not dynamically loaded");
                status = 1;
                continue;
            }

            shell.EnableBuiltin(arguments[i], !off);
        }

        return status;
    }

    /// <summary>Writes what a command name is; false if it is nothing.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="name">The name.</param>
    /// <param name="style">'v' as command -v, 'V' as type, 't' a word, 'p' and 'P' the path.</param>
    /// <param name="all">All that it could be.</param>
    /// <param name="functions">Whether functions count.</param>
    /// <param name="path">The search path; null for PATH.</param>
    private static bool Describe(ShellInterpreter shell, string name, char style, bool all, bool functions, string? path)
    {
        bool found = false;
        if (style is not ('p' or 'P') && (shell.IsInteractive || shell.HasShopt(Shopt.ExpandAliases) || !shell.IsBash) && shell.Aliases.TryGetValue(name, out string? alias))
        {
            Say(style switch
            {
                'v' => $"alias {name}={Quoting.Single(alias)}",
                't' => "alias",
                _ => shell.IsBash ? $"{name} is aliased to `{alias}'" : $"{name} is an alias for {alias}",
            });
            if (!all)
                return true;
        }

        if (style is not ('p' or 'P') && Array.IndexOf(ReservedWords, name) >= 0)
        {
            Say(style switch { 'v' => name, 't' => "keyword", _ => $"{name} is a shell keyword" });
            if (!all)
                return true;
        }

        if (functions && style is not 'P' && shell.Functions.TryGetValue(name, out ShellFunction? function))
        {
            if (style != 'p')
                Say(style switch { 'v' => name, 't' => "function", _ => shell.IsBash ? $"{name} is a function\n{shell.FunctionText(function)}" : $"{name} is a shell function" });
            else
                found = true;
            if (!all)
                return true;
        }

        if (style is not 'P' && shell.FindBuiltin(name) is { } builtin)
        {
            if (style != 'p')
                Say(style switch { 'v' => name, 't' => "builtin", _ => $"{name} is a {(builtin.IsSpecial && (!shell.IsBash || shell.IsPosix) ? "special " : "")}shell builtin" });
            else
                found = true;
            if (!all)
                return true;
        }

        if (!all)
        {
            bool hashed = path is null && shell.Hash.ContainsKey(name);
            string? file = shell.Locate(name, path, out Node? node, out _, remember: false);
            if (file is null || node is null || node.IsDirectory || !VirtualFileSystem.Permits(Status(node), shell.Process.User, 1))
                return found;
            if (style == 'v' && file[0] != '/' && name.Contains('/'))
                Say(name);
            else
                Say(style switch { 'v' or 'p' or 'P' => file, 't' => "file", _ => hashed && shell.IsBash ? $"{name} is hashed ({file})" : $"{name} is {file}" });
            return true;
        }

        if (name.Contains('/'))
            return found;
        string search = path ?? shell.Variables.Get("PATH") ?? "";
        foreach (Range part in search.AsSpan().Split(':'))
        {
            shell.CheckAttention();
            string candidate = search.AsSpan(part) is { IsEmpty: false } directory ? string.Concat(directory.TrimEnd('/'), "/", name) : "./" + name;
            if (shell.Process.Kernel.Files.Resolve(shell.Process.Paths, candidate, true, out Node? node) == Errno.None && node!.Type == FileType.Regular
                && VirtualFileSystem.Permits(Status(node), shell.Process.User, 1))
                Say(style switch { 'v' or 'p' or 'P' => candidate, 't' => "file", _ => $"{name} is {candidate}" });
        }

        return found;

        void Say(string text)
        {
            found = true;
            shell.Out.Append(text);
            shell.Out.Append('\n');
        }
    }

    private static FileStatus Status(Node node) => node.GetStatus(out FileStatus status) == Errno.None ? status : default;
}
