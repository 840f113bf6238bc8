using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Job control: <c>jobs fg bg disown suspend</c>.</summary>
internal static class JobBuiltins
{
    /// <summary><c>jobs</c>.</summary>
    public static int Jobs(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "lpnrsx");
        char style = '\0';
        bool running = false;
        bool stopped = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'r':
                    running = true;
                    break;
                case 's':
                    stopped = true;
                    break;
                case '?':
                    return 2;
                default:
                    style = option;
                    break;
            }
        }

        shell.Jobs.Poll();
        var chosen = new List<ShellJob>();
        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            if (shell.Jobs.Find(arguments[i], out _) is { } job)
            {
                chosen.Add(job);
            }
            else
            {
                shell.Error($"jobs: {arguments[i]}: no such job");
                status = 1;
            }
        }

        if (options.Index >= arguments.Count)
            chosen.AddRange(shell.Jobs.Jobs);
        foreach (ShellJob job in chosen)
        {
            if (job.IsDisowned || running && (job.IsDone || job.IsStopped) || stopped && !job.IsStopped)
                continue;
            if (style == 'p')
                shell.Out.Append($"{job.ProcessIds[0]}\n");
            else
                shell.Out.Append(shell.Describe(job, shell.MarkOf(job), withProcesses: style == 'l') + "\n");
            job.IsReported = true;
        }

        shell.Jobs.RemoveDone(reportedOnly: true);
        return status;
    }

    /// <summary><c>fg</c>.</summary>
    public static int Foreground(ShellInterpreter shell, List<string> arguments)
    {
        if (!Find(shell, "fg", arguments, out ShellJob? job))
            return shell.IsBash ? 1 : 2;
        shell.Out.Append(job!.Command + "\n");
        shell.FlushOut("fg");
        shell.GiveTerminal(job.Group);
        Continue(shell, job);
        return shell.WaitForJob(job, null);
    }

    /// <summary><c>bg</c>.</summary>
    public static int Background(ShellInterpreter shell, List<string> arguments)
    {
        if (!Find(shell, "bg", arguments, out ShellJob? job))
            return shell.IsBash ? 1 : 2;
        shell.Out.Append($"[{job!.Id}]{shell.MarkOf(job)} {job.Command} &\n");
        Continue(shell, job);
        return 0;
    }

    /// <summary><c>disown</c>.</summary>
    public static int Disown(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "arh");
        bool all = false;
        bool running = false;
        bool keep = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'a':
                    all = true;
                    break;
                case 'r':
                    running = true;
                    break;
                case 'h':
                    keep = true;
                    break;
                default:
                    return 2;
            }
        }

        var chosen = new List<ShellJob>();
        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            ShellJob? job = int.TryParse(arguments[i], out int pid) ? shell.Jobs.OfProcess(pid) : shell.Jobs.Find(arguments[i], out _);
            if (job is not null)
            {
                chosen.Add(job);
            }
            else
            {
                shell.Error($"disown: {arguments[i]}: no such job");
                status = 1;
            }
        }

        if (options.Index >= arguments.Count)
        {
            if (all || running)
            {
                chosen.AddRange(shell.Jobs.Jobs);
            }
            else if (shell.Jobs.Current() is { } current)
            {
                chosen.Add(current);
            }
            else
            {
                shell.Error("disown: current: no such job");
                return 1;
            }
        }

        foreach (ShellJob job in chosen)
        {
            if (running && (job.IsDone || job.IsStopped))
                continue;
            if (keep)
                continue;
            job.IsDisowned = true;
        }

        return status;
    }

    /// <summary><c>suspend</c>.</summary>
    public static int Suspend(ShellInterpreter shell, List<string> arguments)
    {
        if (!shell.Has(ShellOptions.Monitor))
        {
            shell.Error("suspend: cannot suspend: no job control");
            return 1;
        }

        shell.Process.Deliver(Signal.STOP);
        shell.CheckAttention();
        return 0;
    }

    private static bool Find(ShellInterpreter shell, string name, List<string> arguments, out ShellJob? job)
    {
        job = null;
        if (!shell.Has(ShellOptions.Monitor))
        {
            shell.Error($"{name}: no job control");
            return false;
        }

        shell.Jobs.Poll();
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        job = arguments.Count > at ? shell.Jobs.Find(arguments[at], out _) : shell.Jobs.Current();
        if (job is not null && !job.IsDone)
            return true;
        shell.Error($"{name}: {(arguments.Count > at ? arguments[at] : "current")}: no such job");
        return false;
    }

    private static void Continue(ShellInterpreter shell, ShellJob job)
    {
        job.Continue();
        shell.Jobs.Touch(job);
        if (job.Group != 0)
        {
            shell.Process.Kernel.Kill(shell.Process, -job.Group, Signal.CONT);
            return;
        }

        foreach (int pid in job.ProcessIds)
            shell.Process.Kernel.Kill(shell.Process, pid, Signal.CONT);
    }
}
