using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Asynchronous lists and job control (POSIX XCU 2.11, 2.9.3.1).
internal sealed partial class ShellInterpreter
{
    /// <summary>With more jobs than this, ended ones are taken off the table though nobody asked for them.</summary>
    private const int MaxDoneJobs = 256;

    private JobTable? _jobs;

    /// <summary>Its jobs.</summary>
    public JobTable Jobs => _jobs ??= new JobTable(Process);

    private int RunAsync(Statement statement)
    {
        _jobs?.Poll();
        if (_jobs is { Jobs.Count: > MaxDoneJobs })
            _jobs.RemoveDone(reportedOnly: IsInteractive);
        bool monitor = Has(ShellOptions.Monitor);
        Process[] processes;
        if (statement is Pipeline { IsNegated: false, Timing: PipelineTiming.None, Commands.Length: > 1 } pipeline)
        {
            if (MakeStages(pipeline, pipeline.Commands.Length, out _) is not { } stages)
                return LastStatus;
            processes = stages;
        }
        else
        {
            if (!Fork(out Process? child))
                return LastStatus;
            child!.Program = new SubshellProgram(ForkFor(child), null, statement);
            processes = [child];
        }

        if (monitor)
        {
            foreach (Process process in processes)
                Process.Kernel.SetGroup(Process, process.Id, processes[0].Id);
        }
        else
        {
            // POSIX 2.11: without job control an asynchronous list ignores the keyboard's signals and reads from /dev/null.
            foreach (Process process in processes)
            {
                process.SetDisposition(Signal.INT, SignalDisposition.Ignore);
                process.SetDisposition(Signal.QUIT, SignalDisposition.Ignore);
            }

            if (!HasInputRedirection(statement) && OpenFile("/dev/null", OpenFlags.ReadOnly, out OpenFile? nothing) == Errno.None)
                processes[0].Descriptors.Set(0, nothing!);
        }

        ShellJob job = Jobs.Add(processes, SourceText(statement), monitor ? processes[0].Id : 0);
        LastBackgroundPid = job.ProcessId;
        foreach (Process process in processes)
            process.Start();
        if (IsInteractive)
            WriteError($"[{job.Id}] {job.ProcessId}\n");
        return LastStatus = 0;
    }

    private static bool HasInputRedirection(Statement statement)
    {
        if (statement is not Command command)
            return false;
        foreach (Redirection redirection in command.Redirections)
        {
            if (redirection.Descriptor == 0)
                return true;
        }

        return false;
    }

    /// <summary>Makes the processes of the first stages of a pipeline; null where there may be no more processes.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="count">How many stages.</param>
    /// <param name="input">What the stage after these reads from.</param>
    private Process[]? MakeStages(Pipeline pipeline, int count, out OpenFile? input)
    {
        var processes = new Process[count];
        input = null;
        for (int i = 0; i < count; i++)
        {
            if (!Fork(out Process? child))
            {
                input?.Release();
                for (int k = 0; k < i; k++)
                    Discard(processes[k]);
                return null;
            }

            if (input is not null)
                child!.Descriptors.Set(0, input);
            input = null;
            if (i < pipeline.Commands.Length - 1)
            {
                Pipe.Create(out PipeReader reader, out PipeWriter writer);
                input = reader;
                child!.Descriptors.Set(1, writer);
            }

            child!.Program = new SubshellProgram(ForkFor(child), null, pipeline.Commands[i], pipeline.PipesError[i]);
            processes[i] = child;
        }

        return processes;
    }

    /// <summary>With job control: the pipeline has its own process group, threads of its own, and the terminal.</summary>
    private int RunForegroundJob(Process[] processes, Statement? source)
    {
        int group = processes[0].Id;
        foreach (Process process in processes)
            Process.Kernel.SetGroup(Process, process.Id, group);
        GiveTerminal(group);
        foreach (Process process in processes)
            process.Start();
        var job = new ShellJob(0, processes, source is null ? "" : SourceText(source), group);
        return WaitForJob(job, processes);
    }

    /// <summary>Waits until a job that has the terminal ends or stops.</summary>
    public int WaitForJob(ShellJob job, Process[]? processes)
    {
        while (!job.IsDone && !job.IsStopped)
        {
            Errno error = Process.Wait(job.Group != 0 ? -job.Group : job.ProcessId, WaitOptions.Untraced, out Process? child, out WaitStatus status);
            if (error == Errno.EINTR)
            {
                CheckAttention();
                continue;
            }

            if (error != Errno.None)
                break;
            job.Note(child!.Id, status);
        }

        GiveTerminal(Process.GroupId);
        if ((job.IsStopped || job.Status.Signaled) && Process.ControllingTerminal is { } terminal)
            _input?.RestoreModes(terminal);
        if (job.IsStopped)
        {
            ShellJob listed = job.Id == 0 ? Jobs.Add(job, processes!) : job;
            Jobs.Touch(listed);
            WriteError($"\n{Describe(listed, '+', false)}\n");
            listed.IsReported = true;
            return LastStatus = job.Status.ShellStatus;
        }

        if (job.Id != 0)
            Jobs.Remove(job);
        if (processes is { Length: > 1 })
            return SetPipeStatus(Array.ConvertAll(processes, p => job.StatusOf(p.Id)?.ShellStatus ?? 127));
        int result = Ended(job.Status, job.ProcessId, null);
        _pipeStatus = [result];
        return result;
    }

    /// <summary>Makes a process group the terminal's foreground group, if there is a terminal.</summary>
    public void GiveTerminal(int group)
    {
        if (Process.ControllingTerminal is { } terminal && (IsInteractive || Has(ShellOptions.Monitor)))
            terminal.ForegroundGroup = group;
    }

    /// <summary>A job's line in <c>jobs</c>.</summary>
    public string Describe(ShellJob job, char mark, bool withProcesses)
    {
        string state = job.IsDone
            ? job.Status.Signaled ? Signals.Description(job.Status.Signal)
                : job.Status.ShellStatus == 0 ? "Done" : IsBash ? $"Exit {job.Status.ShellStatus}" : $"Done({job.Status.ShellStatus})"
            : job.IsStopped ? "Stopped" : "Running";
        string command = !job.IsDone && !job.IsStopped && job.Command.Length > 0 ? job.Command + " &" : job.Command;
        return withProcesses
            ? $"[{job.Id}]{mark} {job.ProcessId,5} {state,-24}{command}"
            : $"[{job.Id}]{mark}  {state,-24}{command}";
    }

    /// <summary>The mark of a job: + for the current one, - for the one before.</summary>
    public char MarkOf(ShellJob job) => job == Jobs.Current() ? '+' : job == Jobs.Current(previous: true) ? '-' : ' ';

    /// <summary>Tells an interactive user of jobs that ended or stopped.</summary>
    public void ReportJobs()
    {
        if (_jobs is null)
            return;
        _jobs.Poll();
        foreach (ShellJob job in _jobs.Jobs)
        {
            if (job.IsReported || !(job.IsDone || job.IsStopped))
                continue;
            job.IsReported = true;
            if (!job.IsDisowned)
                WriteError(Describe(job, MarkOf(job), false) + "\n");
        }

        _jobs.RemoveDone(reportedOnly: true);
    }
}
