using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>kill</c> (POSIX XCU kill).</summary>
internal static class KillBuiltin
{
    private const int NamedSignals = 32;

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        Signal signal = Signal.TERM;
        int i = 1;
        if (i < arguments.Count && arguments[i] is "-l" or "-L")
            return List(shell, arguments, i + 1);
        if (i < arguments.Count && arguments[i] is "-s" or "-n")
        {
            if (i + 1 >= arguments.Count)
            {
                shell.Error($"kill: {arguments[i]}: option requires an argument");
                return shell.IsBash ? 1 : 2;
            }

            if (!Signals.TryParse(arguments[i + 1], out signal))
                return Unknown(shell, arguments[i + 1]);
            i += 2;
        }
        else if (i < arguments.Count && arguments[i].Length > 1 && arguments[i][0] == '-' && arguments[i] != "--")
        {
            string name = arguments[i][0..1] == "-" && arguments[i].StartsWith("-s", StringComparison.Ordinal) && arguments[i].Length > 2 && Signals.TryParse(arguments[i].AsSpan(2), out _)
                ? arguments[i][2..]
                : arguments[i][1..];
            if (!Signals.TryParse(name, out signal))
                return Unknown(shell, name);
            i++;
        }

        if (i < arguments.Count && arguments[i] == "--")
            i++;
        if (i >= arguments.Count)
        {
            shell.Usage("kill");
            return 2;
        }

        int status = 0;
        for (; shell.IsArgument(arguments, i); i++)
        {
            if (!Send(shell, arguments[i], signal))
                status = 1;
        }

        return status;
    }

    /// <summary>Writes the table of signals.</summary>
    public static void ListSignals(ShellInterpreter shell)
    {
        for (int number = 1; number < NamedSignals; number++)
        {
            shell.Out.Append($"{number,2}) SIG{Signals.Name((Signal)number)}");
            shell.Out.Append(number % 5 == 0 || number == NamedSignals - 1 ? '\n' : '\t');
        }
    }

    private static int List(ShellInterpreter shell, List<string> arguments, int first)
    {
        if (first >= arguments.Count)
        {
            ListSignals(shell);
            return 0;
        }

        int status = 0;
        for (int i = first; shell.IsArgument(arguments, i); i++)
        {
            if (int.TryParse(arguments[i], out int number))
            {
                if (number > 128)
                    number -= 128;
                if (number is >= 0 and < NamedSignals)
                    shell.Out.Append(Signals.Name((Signal)number) + "\n");
                else
                    status = Unknown(shell, arguments[i]);
            }
            else if (Signals.TryParse(arguments[i], out Signal signal))
            {
                shell.Out.Append($"{(int)signal}\n");
            }
            else
            {
                status = Unknown(shell, arguments[i]);
            }
        }

        return status;
    }

    private static bool Send(ShellInterpreter shell, string target, Signal signal)
    {
        Kernel kernel = shell.Process.Kernel;
        if (target.StartsWith('%'))
        {
            shell.Jobs.Poll();
            if (shell.Jobs.Find(target, out _) is not { } job)
            {
                shell.Error($"kill: {target}: no such job");
                return false;
            }

            if (signal == Signal.CONT && job.IsStopped)
                job.Continue();
            if (job.Group != 0)
                return Report(shell, target, kernel.Kill(shell.Process, -job.Group, signal));
            bool any = false;
            foreach (int pid in job.ProcessIds)
                any |= kernel.Kill(shell.Process, pid, signal) == Errno.None;
            return any || Report(shell, target, Errno.ESRCH);
        }

        if (!int.TryParse(target, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int id))
        {
            shell.Error($"kill: {target}: arguments must be process or job IDs");
            return false;
        }

        Errno error = kernel.Kill(shell.Process, id, signal);
        if (signal == Signal.CONT && shell.Jobs.OfProcess(id) is { IsStopped: true } stopped)
            stopped.Continue();
        if (id == shell.Process.Id || id <= 0)
            shell.CheckAttention();
        return Report(shell, $"({id})", error);
    }

    private static bool Report(ShellInterpreter shell, string target, Errno error)
    {
        if (error == Errno.None)
            return true;
        shell.Error(shell.IsBash ? $"kill: {target} - {error.Message()}" : $"kill: {target.Trim('(', ')')}: {error.Message()}");
        return false;
    }

    private static int Unknown(ShellInterpreter shell, string name)
    {
        shell.Error($"kill: {name}: invalid signal specification");
        return shell.IsBash ? 1 : 2;
    }
}
