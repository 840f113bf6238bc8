using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A pipeline that the shell started in the background, or that was stopped in the foreground.</summary>
internal sealed class ShellJob
{
    private readonly Process[] _processes;
    private readonly WaitStatus?[] _statuses;

    /// <summary>Makes a job of processes that run.</summary>
    /// <param name="id">Its number, from 1.</param>
    /// <param name="processes">Its processes, in the order of the pipeline.</param>
    /// <param name="command">Its source, as <c>jobs</c> shows it.</param>
    /// <param name="group">Its process group; 0 where it has none of its own.</param>
    public ShellJob(int id, Process[] processes, string command, int group)
    {
        Id = id;
        _processes = processes;
        _statuses = new WaitStatus?[processes.Length];
        Command = command;
        Group = group;
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>Its source.</summary>
    public string Command { get; }

    /// <summary>Its process group; 0 where it has none of its own.</summary>
    public int Group { get; }

    /// <summary>The last process: what <c>$!</c> gives.</summary>
    public int ProcessId => _processes[^1].Id;

    /// <summary>Its processes' ids.</summary>
    public int[] ProcessIds => Array.ConvertAll(_processes, static p => p.Id);

    /// <summary>Whether all of its processes have ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether one of its processes is stopped.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether the user was told of its present state.</summary>
    public bool IsReported { get; set; }

    /// <summary>Whether it was disowned: <c>jobs</c> does not list it.</summary>
    public bool IsDisowned { get; set; }

    /// <summary>When it was last stopped or started: the greatest is the current job.</summary>
    public long Order { get; set; }

    /// <summary>The status of its last process once it is done, or of its stop.</summary>
    public WaitStatus Status => _statuses[^1] ?? (IsStopped ? WaitStatus.ForStop(Signal.TSTP) : default);

    /// <summary>Whether a process belongs to it.</summary>
    public bool Has(int pid) => IndexOf(pid) >= 0;

    /// <summary>How one of its processes ended; null while it runs.</summary>
    public WaitStatus? StatusOf(int pid) => IndexOf(pid) is int index and >= 0 ? _statuses[index] : null;

    /// <summary>Notes that one of its processes ended or stopped.</summary>
    public bool Note(int pid, WaitStatus status)
    {
        int index = IndexOf(pid);
        if (index < 0)
            return false;
        if (status.Stopped)
        {
            IsStopped = true;
            IsReported = false;
            return true;
        }

        _statuses[index] = status;
        IsDone = Array.TrueForAll(_statuses, static s => s is not null);
        if (IsDone)
        {
            IsStopped = false;
            IsReported = false;
        }

        return true;
    }

    /// <summary>Notes that it goes on.</summary>
    public void Continue()
    {
        IsStopped = false;
        IsReported = true;
    }

    /// <summary>Finds out whether a stopped job was made to go on by somebody else.</summary>
    public void NoticeContinued()
    {
        if (IsStopped && !Array.Exists(_processes, static p => p.State == ProcessState.Stopped))
            Continue();
    }

    private int IndexOf(int pid)
    {
        for (int i = 0; i < _processes.Length; i++)
        {
            if (_processes[i].Id == pid)
                return i;
        }

        return -1;
    }
}
