using System.Collections.Concurrent;
using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>One sandbox's operating system: its process table, its files, its clock, its accounts.</summary>
internal sealed class Kernel
{
    private const int MaxViolations = 1000;
    private readonly Lock _tableLock = new();
    // Written with the lock held, read without: kill and wait of many must not hold up who ends them.
    private readonly ConcurrentDictionary<int, Process> _table = [];
    private readonly Queue<Violation> _violations = [];
    private readonly object _idleGate = new();
    private Violation? _lastViolation;
    private long _violationsRecorded;
    private int _count;
    private int _nextPid = 1;
    private long _endedCpuTicks;
    private volatile bool _shutdown;

    /// <summary>Makes a kernel over a file system.</summary>
    public Kernel(KernelOptions options, VirtualFileSystem files, IProgramLoader loader)
    {
        Options = options;
        Files = files;
        Loader = loader;
        Memory = new MemoryAccount(options.MaxMemoryBytes);
        HostName = options.HostName;
        Init = new Process(this, _nextPid++, null);
        _table[Init.Id] = Init;
        _count = 1;
    }

    /// <summary>Its bounds.</summary>
    public KernelOptions Options { get; }

    /// <summary>Its tree of names.</summary>
    public VirtualFileSystem Files { get; }

    /// <summary>What makes programs of files.</summary>
    public IProgramLoader Loader { get; }

    /// <summary>Its clock.</summary>
    public KernelClock Clock { get; } = new();

    /// <summary>Guest memory.</summary>
    public MemoryAccount Memory { get; }

    /// <summary>The host's stack.</summary>
    public StackAccount Stack { get; } = new();

    /// <summary>The name that <c>hostname</c> gives and sets.</summary>
    public string HostName { get; set; }

    /// <summary>Process 1: the parent of what the host starts and of orphans. It runs nothing; its children are reaped at once.</summary>
    public Process Init { get; }

    /// <summary>Raised for every process that has ended, on whichever thread ended it.</summary>
    public event Action<Process>? ProcessEnded;

    /// <summary>Raised for everything refused.</summary>
    public event Action<Violation>? Violated;

    /// <summary>What was refused so far; the last thousand are kept.</summary>
    public Violation[] Violations
    {
        get
        {
            lock (_violations)
                return [.. _violations];
        }
    }

    /// <summary>A place in the list of violations, for <see cref="ViolationsSince"/>. The next one is noted even if it is the same as the last.</summary>
    public long MarkViolations()
    {
        lock (_violations)
        {
            _lastViolation = null;
            return _violationsRecorded;
        }
    }

    /// <summary>What was refused since a mark, as far as it is kept.</summary>
    public Violation[] ViolationsSince(long mark)
    {
        lock (_violations)
            return [.. _violations.Skip((int)Math.Max(0, _violations.Count - (_violationsRecorded - mark)))];
    }

    /// <summary>CPU time of all processes, ended ones included.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            TimeSpan total = TimeSpan.FromTicks(Volatile.Read(ref _endedCpuTicks));
            foreach (Process process in Processes)
            {
                if (process.State is not (ProcessState.Zombie or ProcessState.Reaped))
                    total += process.CpuTime;
            }

            return total;
        }
    }

    /// <summary>A snapshot of the process table, by ascending id.</summary>
    public Process[] Processes
    {
        get
        {
            Process[] all = [.. _table.Select(static entry => entry.Value)];
            Array.Sort(all, static (a, b) => a.Id.CompareTo(b.Id));
            return all;
        }
    }

    /// <summary>How many processes there are, init included.</summary>
    public int ProcessCount => Volatile.Read(ref _count);

    /// <summary>A process by its id; null if there is none.</summary>
    public Process? Find(int pid) => _table.GetValueOrDefault(pid);

    /// <summary>Makes a child that inherits everything from its parent (POSIX fork) and has no program yet. EAGAIN at the limit.</summary>
    public Errno Fork(Process parent, out Process? child)
    {
        bool refused = false;
        child = null;
        lock (_tableLock)
        {
            bool full = Options.MaxProcesses != 0 && _count >= Options.MaxProcesses;
            if (full || _shutdown || HasUserAllProcesses(parent))
            {
                refused = full;
            }
            else
            {
                int pid;
                do
                {
                    pid = _nextPid;
                    _nextPid = _nextPid >= 4_194_303 ? 2 : _nextPid + 1;
                }
                while (_table.ContainsKey(pid));
                child = new Process(this, pid, parent);
                _table[pid] = child;
                _count++;
            }
        }

        if (child is null)
        {
            if (refused)
                Record("processes", parent.Id, $"the limit of {Options.MaxProcesses - 1} processes was reached");
            return Errno.EAGAIN;
        }

        parent.AddChild(child);
        if (_shutdown || parent.IsKilled)
            child.Deliver(Signal.KILL);
        return Errno.None;
    }

    /// <summary>Sends a signal as kill(2) does: to a process, to a group (0 the sender's, below -1 group -pid) or to all but init and the sender (-1).</summary>
    /// <returns>ESRCH if there is none, EPERM if none may be signalled.</returns>
    public Errno Kill(Process? sender, int pid, Signal signal)
    {
        if ((int)signal is < 0 or >= Signals.Count)
            return Errno.EINVAL;
        if (pid > 0)
        {
            Process? target = Find(pid);
            if (target is null)
                return Errno.ESRCH;
            if (!MaySignal(sender, target))
                return Errno.EPERM;
            if (target != Init)
                target.Deliver(signal);
            return Errno.None;
        }

        int group = pid == 0 ? sender?.GroupId ?? 0 : -pid;
        Errno result = Errno.ESRCH;
        foreach (Process target in Processes)
        {
            if (target == Init || (pid == -1 ? target == sender : target.GroupId != group))
                continue;
            if (!MaySignal(sender, target))
            {
                if (result == Errno.ESRCH)
                    result = Errno.EPERM;
                continue;
            }

            target.Deliver(signal);
            result = Errno.None;
        }

        return result;
    }

    /// <summary>Puts a process into a group (setpgid). ESRCH, EPERM, EINVAL.</summary>
    public Errno SetGroup(Process sender, int pid, int group)
    {
        Process? target = pid == 0 ? sender : Find(pid);
        if (target is null || target != sender && target.Parent != sender)
            return Errno.ESRCH;
        if (group < 0)
            return Errno.EINVAL;
        if (target.SessionId != sender.SessionId || target.SessionId == target.Id)
            return Errno.EPERM;
        target.GroupId = group == 0 ? target.Id : group;
        return Errno.None;
    }

    /// <summary>Makes the process the leader of a new session (setsid). EPERM if it leads a group.</summary>
    public Errno NewSession(Process process)
    {
        if (process.GroupId == process.Id)
            return Errno.EPERM;
        process.SessionId = process.GroupId = process.Id;
        process.ControllingTerminal = null;
        return Errno.None;
    }

    /// <summary>Notes that something was refused; once for the same again and again.</summary>
    public void Record(string kind, int pid, string message)
    {
        var violation = new Violation(DateTimeOffset.UtcNow, kind, pid, message);
        lock (_violations)
        {
            if (_lastViolation is { } last && last.Kind == kind && last.Message == message)
                return;
            if (_violations.Count == MaxViolations)
                _violations.Dequeue();
            _violations.Enqueue(violation);
            _lastViolation = violation;
            _violationsRecorded++;
        }

        Violated?.Invoke(violation);
    }

    /// <summary>Ends every process but init, at once, and makes no new one after.</summary>
    public void Shutdown()
    {
        _shutdown = true;
        KillWhere(null);
    }

    /// <summary>Ends every process of a job, those included that it starts meanwhile.</summary>
    public void Kill(Job job) => KillWhere(job);

    /// <summary>CPU time of a job's processes, running and ended.</summary>
    public TimeSpan CpuTimeOf(Job job)
    {
        TimeSpan total = job.EndedCpuTime;
        foreach (Process process in Processes)
        {
            if (process.Job == job && process.State is not (ProcessState.Zombie or ProcessState.Reaped))
                total += process.CpuTime;
        }

        return total;
    }

    /// <summary>Waits until no process but init is left. False on a time-out.</summary>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_idleGate)
        {
            while (ProcessCount > 1)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0)
                    return false;
                Monitor.Wait(_idleGate, (int)Math.Min(left, 1000));
            }

            return true;
        }
    }

    internal void Ended(Process process)
    {
        Interlocked.Add(ref _endedCpuTicks, process.CpuTime.Ticks);
        process.Job.AddCpu(process.CpuTime);
        ProcessEnded?.Invoke(process);
    }

    internal void Remove(Process process)
    {
        lock (_tableLock)
        {
            if (_table.TryRemove(process.Id, out _))
                _count--;
        }

        lock (_idleGate)
            Monitor.PulseAll(_idleGate);
    }

    /// <summary>Repeats until nothing is left to kill: a fork bomb starts children between two looks at the table.</summary>
    private void KillWhere(Job? job)
    {
        bool any;
        do
        {
            // All are told before the first lock, for which busy ones could make this wait.
            any = false;
            Process[] wanted = Array.FindAll(Processes, process => process != Init && (job is null || process.Job == job));
            foreach (Process process in wanted)
                process.MarkKilled();
            foreach (Process process in wanted)
                any |= process.State is not (ProcessState.Zombie or ProcessState.Reaped) && process.PendingKill();
        }
        while (any);
    }

    /// <summary>Whether a process's user has as many processes as the process's own limit allows; to be called with the table locked.</summary>
    private bool HasUserAllProcesses(Process process)
    {
        long limit = process.Limits[Resource.Processes].Soft;
        if (limit == ResourceLimit.Unlimited || Options.MaxProcesses != 0 && limit >= Options.MaxProcesses - 1)
            return false;
        int count = 0;
        foreach ((_, Process other) in _table)
        {
            if (other != Init && other.User.UserId == process.User.UserId)
                count++;
        }

        return count >= limit;
    }

    private static bool MaySignal(Process? sender, Process target) =>
        sender is null || sender.User.UserId == 0 || sender.User.UserId == target.User.UserId;
}
