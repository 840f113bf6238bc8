using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Built-ins that steer the shell: <c>: true false break continue return exit shift</c>.</summary>
internal static class ControlBuiltins
{
    /// <summary><c>:</c> and <c>true</c>.</summary>
    public static int True(ShellInterpreter shell, List<string> arguments) => 0;

    /// <summary><c>false</c>.</summary>
    public static int False(ShellInterpreter shell, List<string> arguments) => 1;

    /// <summary><c>break</c> and <c>continue</c>.</summary>
    public static int Break(ShellInterpreter shell, List<string> arguments)
    {
        string name = arguments[0];
        int count = 1;
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count > at)
        {
            if (!int.TryParse(arguments[at], out count))
            {
                shell.Error($"{name}: {arguments[at]}: numeric argument required");
                shell.SetStatusAndExit(shell.IsBash ? 128 : 2);
                return shell.IsBash ? 128 : 2;
            }

            if (arguments.Count > at + 1)
            {
                return shell.GiveUpCommand($"{name}: too many arguments");
            }

            if (count < 1)
            {
                shell.Error($"{name}: {arguments[at]}: loop count out of range");
                if (shell.LoopDepth > 0)
                    shell.LeaveLoops(int.MaxValue, next: false);
                return 1;
            }
        }

        if (shell.LoopDepth == 0)
        {
            if (shell.IsBash)
                shell.Error($"{name}: only meaningful in a `for', `while', or `until' loop");
            return 0;
        }

        shell.LeaveLoops(count, next: name == "continue");
        return 0;
    }

    /// <summary><c>return</c>.</summary>
    public static int Return(ShellInterpreter shell, List<string> arguments)
    {
        int status = shell.ExitDefault;
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count > at && !TryStatus(shell, "return", arguments, at, out status) && (!shell.CanReturn || shell.IsLeaving))
            return status;

        if (!shell.CanReturn)
        {
            if (!shell.IsBash)
            {
                shell.SetStatusAndExit(status);
                return status;
            }

            shell.Error("return: can only `return' from a function or sourced script");
            return 2;
        }

        shell.SetStatusAndReturn(status);
        return status;
    }

    /// <summary><c>exit</c> and <c>logout</c>.</summary>
    public static int Exit(ShellInterpreter shell, List<string> arguments)
    {
        int status = shell.ExitDefault;
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments[0] == "logout" && !shell.HasShopt(Shopt.LoginShell))
        {
            shell.Error("logout: not login shell: use `exit'");
            return 1;
        }

        if (arguments.Count > at && !TryStatus(shell, arguments[0], arguments, at, out status) && shell.IsLeaving)
            return status;
        if (shell.IsInteractive && shell.IsBash)
            shell.WriteError(shell.HasShopt(Shopt.LoginShell) ? "logout\n" : "exit\n");
        shell.SetStatusAndExit(status);
        return status;
    }

    /// <summary><c>shift</c>.</summary>
    public static int Shift(ShellInterpreter shell, List<string> arguments)
    {
        int count = 1;
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count > at && !int.TryParse(arguments[at], out count))
        {
            shell.Error($"shift: {arguments[at]}: numeric argument required");
            shell.AbortSpecial();
            return shell.IsBash ? 1 : 2;
        }

        if (arguments.Count > at + 1 && shell.IsBash)
            return shell.GiveUpCommand("shift: too many arguments");
        if (count < 0)
        {
            shell.Error($"shift: {arguments[at]}: shift count out of range");
            return 1;
        }

        if (shell.ShiftPositional(count))
            return 0;
        if (!shell.IsBash && shell.Flavor == ShellFlavor.Dash)
        {
            shell.Error("shift: can't shift that many");
            shell.Abort();
            return 2;
        }

        if (shell.HasShopt(Shopt.ShiftVerbose))
            shell.Error($"shift: {count}: shift count out of range");
        return 1;
    }

    private static bool TryStatus(ShellInterpreter shell, string name, List<string> arguments, int at, out int status)
    {
        if (long.TryParse(arguments[at].AsSpan().Trim(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number))
        {
            status = (int)(number & 0xff);
            if (arguments.Count <= at + 1 || !shell.IsBash)
                return true;
            status = shell.GiveUpCommand($"{name}: too many arguments");
            return false;
        }

        shell.Error($"{name}: {arguments[at]}: numeric argument required");
        status = 2;
        return false;
    }
}
