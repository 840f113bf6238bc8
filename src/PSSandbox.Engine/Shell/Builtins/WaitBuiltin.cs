using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>wait</c> (POSIX XCU wait, bash's -n, -f and -p).</summary>
internal static class WaitBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "nfp:");
        bool any = false;
        string? variable = null;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'n':
                    any = true;
                    break;
                case 'p':
                    variable = options.Argument;
                    break;
                case 'f':
                    break;
                default:
                    return 2;
            }
        }

        if (variable is not null)
            shell.Variables.Unset(variable);
        JobTable jobs = shell.Jobs;
        jobs.Poll();
        if (any)
            return WaitAny(shell, arguments, options.Index, variable);
        if (options.Index >= arguments.Count)
            return WaitAll(shell);

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            if (WaitOne(shell, arguments[i], out int pid, out status))
                return status;
            if (variable is not null && pid != 0)
                shell.Variables.Assign(variable, pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return status;
    }

    private static int WaitAll(ShellInterpreter shell)
    {
        JobTable jobs = shell.Jobs;
        while (true)
        {
            bool running = false;
            foreach (ShellJob job in jobs.Jobs)
                running |= !job.IsDone && !job.IsStopped;
            if (!running)
                break;
            if (!Await(shell, -1, out int interrupted))
            {
                if (interrupted != 0)
                    return interrupted;
                break;
            }
        }

        jobs.RemoveDone(reportedOnly: false);
        return 0;
    }

    /// <summary>Waits for a process or job; true if a trap interrupted it.</summary>
    private static bool WaitOne(ShellInterpreter shell, string text, out int pid, out int status)
    {
        JobTable jobs = shell.Jobs;
        ShellJob? job;
        pid = 0;
        if (text.StartsWith('%'))
        {
            job = jobs.Find(text, out _);
            if (job is null)
            {
                shell.Error($"wait: {text}: no such job");
                status = 127;
                return false;
            }

            pid = job.ProcessId;
        }
        else
        {
            if (!int.TryParse(text, System.Globalization.NumberStyles.None, null, out pid))
            {
                shell.Error($"wait: `{text}': not a pid or valid job spec");
                status = shell.IsBash ? 1 : 2;
                return false;
            }

            job = jobs.OfProcess(pid);
            if (job is null)
            {
                if (jobs.TryGetEnded(pid, out status))
                {
                    jobs.Forget(pid);
                    return false;
                }

                if (jobs.IsFollowed(pid))
                {
                    while (!jobs.TryGetEnded(pid, out status))
                    {
                        if (!Await(shell, pid, out int signal))
                        {
                            status = signal != 0 ? signal : 127;
                            return signal != 0;
                        }
                    }

                    return false;
                }

                if (shell.IsBash)
                    shell.Error($"wait: pid {pid} is not a child of this shell");
                status = 127;
                pid = 0;
                return false;
            }
        }

        int wanted = pid;
        while (job.StatusOf(wanted) is null && !job.IsStopped)
        {
            if (!Await(shell, wanted, out int interrupted))
            {
                status = interrupted != 0 ? interrupted : 127;
                return interrupted != 0;
            }
        }

        status = (job.StatusOf(wanted) ?? WaitStatus.ForStop(Signal.TSTP)).ShellStatus;
        if (job.IsDone)
        {
            jobs.Remove(job);
            jobs.Forget(wanted);
        }

        return false;
    }

    private static int WaitAny(ShellInterpreter shell, List<string> arguments, int first, string? variable)
    {
        JobTable jobs = shell.Jobs;
        var wanted = new List<ShellJob>();
        for (int i = first; shell.IsArgument(arguments, i); i++)
        {
            ShellJob? job = arguments[i].StartsWith('%') ? jobs.Find(arguments[i], out _)
                : int.TryParse(arguments[i], out int pid) ? jobs.OfProcess(pid) : null;
            if (job is null)
            {
                shell.Error($"wait: {arguments[i]}: no such job");
                continue;
            }

            wanted.Add(job);
        }

        if (first < arguments.Count && wanted.Count == 0)
            return 127;
        while (true)
        {
            bool running = false;
            foreach (ShellJob job in first < arguments.Count ? wanted : jobs.Jobs)
            {
                if (!job.IsDone)
                {
                    running = true;
                    continue;
                }

                int status = job.Status.ShellStatus;
                if (variable is not null)
                    shell.Variables.Assign(variable, job.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
                jobs.Remove(job);
                return status;
            }

            if (!running)
                return 127;
            if (!Await(shell, -1, out int interrupted))
                return interrupted != 0 ? interrupted : 127;
        }
    }

    /// <summary>Waits for a change of a child. False if there is none left, or a trapped signal came (its status then is given).</summary>
    private static bool Await(ShellInterpreter shell, int pid, out int interrupted)
    {
        interrupted = 0;
        while (true)
        {
            Errno error = shell.Process.Wait(pid, WaitOptions.Untraced, out Process? child, out WaitStatus status);
            if (error == Errno.None)
            {
                shell.Jobs.Note(child!.Id, status);
                return true;
            }

            if (error != Errno.EINTR)
                return false;
            shell.CheckAttention();
            if (shell.HasPendingTrap)
            {
                interrupted = 128 + shell.PendingSignal;
                return false;
            }
        }
    }
}
