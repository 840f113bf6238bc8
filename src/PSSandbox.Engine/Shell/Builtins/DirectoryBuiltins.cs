using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Built-ins about the working directory: <c>cd pwd pushd popd dirs</c>.</summary>
internal static class DirectoryBuiltins
{
    /// <summary><c>cd</c> (POSIX XCU cd).</summary>
    public static int ChangeDirectory(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "LPe@");
        bool physical = shell.Has(ShellOptions.Physical);
        if (arguments.Count < 2 || arguments[1] != "-")
        {
            for (char option; (option = options.Next()) != '\0';)
            {
                if (option == 'P')
                    physical = true;
                else if (option == 'L')
                    physical = false;
                else if (option == '?')
                    return 2;
            }
        }

        int at = options.Index;
        if (arguments.Count > at + 1 && shell.IsBash)
        {
            shell.Error("cd: too many arguments");
            return 1;
        }

        bool print = false;
        string? directory = arguments.Count > at ? arguments[at] : shell.Variables.Get("HOME");
        if (directory is null)
        {
            shell.Error("cd: HOME not set");
            return 1;
        }

        if (directory == "-" && arguments.Count > at)
        {
            directory = shell.Variables.Get("OLDPWD");
            if (directory is null)
            {
                shell.Error("cd: OLDPWD not set");
                return 1;
            }

            print = true;
        }

        if (directory.Length == 0)
            return 0;
        bool dotted = directory is "." or ".." || directory[0] == '/' || directory.StartsWith("./", StringComparison.Ordinal) || directory.StartsWith("../", StringComparison.Ordinal);
        if (!dotted && shell.Variables.Get("CDPATH") is { Length: > 0 } search)
        {
            foreach (Range part in search.AsSpan().Split(':'))
            {
                shell.CheckAttention();
                ReadOnlySpan<char> prefix = search.AsSpan(part);
                string candidate = prefix.IsEmpty ? directory : string.Concat(prefix.TrimEnd('/'), "/", directory);
                if (shell.ChangeDirectory(candidate, physical) != Errno.None)
                    continue;
                if (prefix.Length > 0 || print)
                    shell.Out.Append((shell.Variables.Get("PWD") ?? "") + "\n");
                return 0;
            }
        }

        Errno error = shell.ChangeDirectory(directory, physical);
        if (error == Errno.ENOENT && shell.HasShopt(Shopt.CdableVars) && shell.Variables.Get(directory) is { Length: > 0 } value)
        {
            error = shell.ChangeDirectory(value, physical);
            print |= error == Errno.None;
        }

        if (error != Errno.None)
        {
            shell.Error(shell.Flavor == ShellFlavor.Bash ? $"cd: {directory}: {error.Message()}" : $"cd: can't cd to {directory}: {error.Message()}");
            return shell.Flavor == ShellFlavor.Dash ? 2 : 1;
        }

        if (print)
            shell.Out.Append((shell.Variables.Get("PWD") ?? "") + "\n");
        return 0;
    }

    /// <summary><c>pwd</c>.</summary>
    public static int PrintDirectory(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "LP");
        bool physical = shell.Has(ShellOptions.Physical);
        for (char option; (option = options.Next()) != '\0';)
        {
            if (option == '?')
                return 2;
            physical = option == 'P';
        }

        string path = physical ? shell.PhysicalDirectory() : shell.LogicalDirectory();
        if (path.Length == 0)
        {
            shell.Error($"pwd: error retrieving current directory: {Errno.ENOENT.Message()}");
            return 1;
        }

        shell.Out.Append(path);
        shell.Out.Append('\n');
        return 0;
    }

    /// <summary><c>pushd</c>.</summary>
    public static int Push(ShellInterpreter shell, List<string> arguments)
    {
        List<string> stack = shell.DirectoryStack;
        bool changes = true;
        int at = 1;
        if (arguments.Count > at && arguments[at] == "-n")
        {
            changes = false;
            at++;
        }

        if (arguments.Count > at && arguments[at] == "--")
            at++;
        string present = shell.LogicalDirectory();
        if (arguments.Count <= at)
        {
            if (stack.Count == 0)
            {
                shell.Error("pushd: no other directory");
                return 1;
            }

            string next = stack[0];
            if (changes && !Change(shell, "pushd", next))
                return 1;
            stack[0] = present;
            return List(shell, ["dirs"]);
        }

        string argument = arguments[at];
        if (Rotation(argument, stack.Count + 1, out int index))
        {
            if (index < 0)
            {
                shell.Error($"pushd: {argument}: directory stack index out of range");
                return 1;
            }

            var all = new List<string>(stack.Count + 1) { present };
            all.AddRange(stack);
            List<string> turned = [.. all[index..], .. all[..index]];
            if (changes && !Change(shell, "pushd", turned[0]))
                return 1;
            stack.Clear();
            stack.AddRange(turned[1..]);
            return List(shell, ["dirs"]);
        }

        if (!changes)
        {
            stack.Insert(0, argument);
            return List(shell, ["dirs"]);
        }

        if (!Change(shell, "pushd", argument))
            return 1;
        stack.Insert(0, present);
        return List(shell, ["dirs"]);
    }

    /// <summary><c>popd</c>.</summary>
    public static int Pop(ShellInterpreter shell, List<string> arguments)
    {
        List<string> stack = shell.DirectoryStack;
        bool changes = true;
        int at = 1;
        if (arguments.Count > at && arguments[at] == "-n")
        {
            changes = false;
            at++;
        }

        if (stack.Count == 0)
        {
            shell.Error("popd: directory stack empty");
            return 1;
        }

        int index = 0;
        if (arguments.Count > at && (!Rotation(arguments[at], stack.Count + 1, out index) || index < 0))
        {
            shell.Error($"popd: {arguments[at]}: {(index < 0 ? "directory stack index out of range" : "invalid argument")}");
            return 1;
        }

        if (index > 0)
        {
            stack.RemoveAt(index - 1);
        }
        else
        {
            if (changes && !Change(shell, "popd", stack[0]))
                return 1;
            stack.RemoveAt(0);
        }

        return List(shell, ["dirs"]);
    }

    /// <summary><c>dirs</c>.</summary>
    public static int List(ShellInterpreter shell, List<string> arguments)
    {
        bool full = false;
        bool lines = false;
        bool numbers = false;
        int? only = null;
        List<string> stack = shell.DirectoryStack;
        for (int i = 1; shell.IsArgument(arguments, i); i++)
        {
            switch (arguments[i])
            {
                case "-c":
                    stack.Clear();
                    return 0;
                case "-l":
                    full = true;
                    break;
                case "-p":
                    lines = true;
                    break;
                case "-v":
                    lines = numbers = true;
                    break;
                default:
                    if (!Rotation(arguments[i], stack.Count + 1, out int index) || index < 0)
                    {
                        shell.Error($"dirs: {arguments[i]}: {(index < 0 ? "directory stack index out of range" : "invalid option")}");
                        return index < 0 ? 1 : 2;
                    }

                    only = index;
                    break;
            }
        }

        string home = shell.Variables.Get("HOME") ?? "";
        for (int i = 0; i <= stack.Count; i++)
        {
            if (only is not null && only != i)
                continue;
            string directory = i == 0 ? shell.LogicalDirectory() : stack[i - 1];
            if (!full && home.Length > 1 && (directory == home || directory.StartsWith(home + "/", StringComparison.Ordinal)))
                directory = string.Concat("~", directory.AsSpan(home.Length));
            if (numbers)
                shell.Out.Append($"{i,2}  ");
            shell.Out.Append(directory);
            shell.Out.Append(lines || i == stack.Count || only is not null ? '\n' : ' ');
        }

        return 0;
    }

    private static bool Change(ShellInterpreter shell, string name, string directory)
    {
        Errno error = shell.ChangeDirectory(directory, physical: false);
        if (error == Errno.None)
            return true;
        shell.Error($"{name}: {directory}: {error.Message()}");
        return false;
    }

    /// <summary>Reads <c>+n</c> and <c>-n</c>; the index is -1 when out of range.</summary>
    private static bool Rotation(string text, int count, out int index)
    {
        index = 0;
        if (text.Length < 2 || text[0] is not ('+' or '-') || !int.TryParse(text.AsSpan(1), out int number))
            return false;
        index = number < 0 || number >= count ? -1 : text[0] == '+' ? number : count - 1 - number;
        return true;
    }
}
