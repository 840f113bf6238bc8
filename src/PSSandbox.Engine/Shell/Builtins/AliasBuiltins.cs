using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>alias</c> and <c>unalias</c>.</summary>
internal static class AliasBuiltins
{
    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create(" \t\n$`'\"\\/|&;()<>");

    /// <summary><c>alias</c>.</summary>
    public static int Alias(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] is "--" or "-p" ? 2 : 1;
        if (shell.IsBash && at == 1 && arguments.Count > 1 && arguments[1] is ['-', _, ..])
        {
            shell.Error($"alias: {arguments[1][..2]}: invalid option");
            shell.Usage("alias");
            return 2;
        }

        if (arguments.Count <= at)
        {
            var names = new List<string>(shell.Aliases.Keys);
            LargeSort.Sort(names, shell);
            foreach (string name in names)
                Print(shell, name, shell.Aliases[name]);
            return 0;
        }

        int status = 0;
        for (int i = at; shell.IsArgument(arguments, i); i++)
        {
            int equals = arguments[i].IndexOf('=');
            if (equals > 0)
            {
                string name = arguments[i][..equals];
                if (name.AsSpan().ContainsAny(Forbidden))
                {
                    shell.Error($"alias: `{name}': invalid alias name");
                    status = 1;
                    continue;
                }

                shell.SetAlias(name, LargeText.Copy(arguments[i].AsSpan(equals + 1), shell));
            }
            else if (shell.Aliases.TryGetValue(arguments[i], out string? value))
            {
                Print(shell, arguments[i], value);
            }
            else
            {
                shell.Error($"alias: {arguments[i]}: not found");
                status = 1;
            }
        }

        return status;
    }

    /// <summary><c>unalias</c>.</summary>
    public static int Unalias(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "a");
        for (char option; (option = options.Next()) != '\0';)
        {
            if (option != 'a')
                return 2;
            shell.RemoveAlias(null);
            return 0;
        }

        if (options.Index >= arguments.Count)
        {
            shell.Usage("unalias");
            return 2;
        }

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            if (shell.RemoveAlias(arguments[i]))
                continue;
            shell.Error($"unalias: {arguments[i]}: not found");
            status = 1;
        }

        return status;
    }

    private static void Print(ShellInterpreter shell, string name, string value) =>
        shell.Out.Append($"{(shell.IsBash && !shell.IsPosix ? "alias " : "")}{name}={Quoting.Single(value, shell)}\n");
}
