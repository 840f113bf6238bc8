using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>trap</c>.</summary>
internal static class TrapBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "lpP");
        bool list = false;
        bool print = false;
        if (arguments.Count > 1 && arguments[1] != "-" && arguments[1].StartsWith('-'))
        {
            for (char option; (option = options.Next()) != '\0';)
            {
                if (option == 'l')
                    list = true;
                else if (option is 'p' or 'P')
                    print = true;
                else
                    return 2;
            }
        }

        if (list)
        {
            KillBuiltin.ListSignals(shell);
            return 0;
        }

        int at = options.Index;
        if (print || at >= arguments.Count)
            return Print(shell, arguments, at);

        string? action = arguments[at];
        bool isReset = action == "-" || arguments.Count - at == 1 || action.Length > 0 && IsNumber(action);
        if (isReset && (action != "-" || arguments.Count - at == 1))
        {
            if (shell.IsBash && arguments.Count - at == 1 && (action == "-" || !TrapTable.TryParse(action, out _)))
            {
                shell.Usage("trap");
                return 2;
            }

            // A first operand that is a number, or the only one, names a condition to reset.
            if (arguments.Count - at == 1 && action == "-")
            {
                for (int signal = 0; signal < Signals.Count + 3; signal++)
                {
                    if (shell.Traps?[signal] is not null)
                        shell.SetTrap(signal, null);
                }

                return 0;
            }

            at--;
        }

        if (isReset)
            action = null;
        int status = 0;
        for (int i = at + 1; shell.IsArgument(arguments, i); i++)
        {
            if (!TrapTable.TryParse(arguments[i], out int signal))
            {
                shell.Error(shell.IsBash ? $"trap: {arguments[i]}: invalid signal specification" : $"trap: {arguments[i]}: bad trap");
                status = 1;
                continue;
            }

            shell.SetTrap(signal, action);
        }

        return status;
    }

    private static int Print(ShellInterpreter shell, List<string> arguments, int at)
    {
        TrapTable? table = shell.Traps is { Inherited: { } inherited } ? inherited : shell.Traps;
        if (at >= arguments.Count)
        {
            for (int signal = 0; signal < Signals.Count + 3; signal++)
                PrintOne(shell, table, signal);
            return 0;
        }

        int status = 0;
        for (int i = at; shell.IsArgument(arguments, i); i++)
        {
            if (TrapTable.TryParse(arguments[i], out int signal))
            {
                PrintOne(shell, table, signal);
                continue;
            }

            shell.Error($"trap: {arguments[i]}: invalid signal specification");
            status = 1;
        }

        return status;
    }

    private static void PrintOne(ShellInterpreter shell, TrapTable? table, int signal)
    {
        if (table?[signal] is { } action)
            shell.Out.Append($"trap -- {Quoting.Single(action, shell)} {TrapTable.Name(signal, prefix: shell.IsBash)}\n");
    }

    private static bool IsNumber(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
        }

        return true;
    }
}
