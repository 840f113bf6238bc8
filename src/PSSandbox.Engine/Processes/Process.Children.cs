using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// Children: waiting for them (POSIX wait), and their becoming init's when their parent ends.
internal sealed partial class Process
{
    private readonly object _childGate = new();
    private readonly List<Process> _children = [];
    private WaitStatus? _stopReport;

    /// <summary>CPU time of children that were waited for.</summary>
    public TimeSpan ChildrenCpuTime { get; private set; }

    /// <summary>Whether any child is left to wait for.</summary>
    public bool HasChildren
    {
        get
        {
            lock (_childGate)
                return _children.Count > 0;
        }
    }

    /// <summary>Waits for a child to end (or stop), as waitpid does, and takes an ended one off the table.</summary>
    /// <param name="pid">A child's id; -1 any; 0 any of this group; below -1 any of group -pid.</param>
    /// <param name="options">Options.</param>
    /// <param name="child">Who; null with NoHang if none has changed.</param>
    /// <param name="status">How.</param>
    /// <returns>ECHILD if there is no such child, EINTR when a signal came.</returns>
    public Errno Wait(int pid, WaitOptions options, out Process? child, out WaitStatus status)
    {
        lock (_childGate)
        {
            while (true)
            {
                bool any = false;
                foreach (Process candidate in _children)
                {
                    if (pid > 0 ? candidate.Id != pid : pid == 0 ? candidate.GroupId != GroupId : pid < -1 && candidate.GroupId != -pid)
                        continue;
                    any = true;
                    if (candidate.State == ProcessState.Zombie)
                    {
                        child = candidate;
                        status = candidate.ExitStatus;
                        if ((options & WaitOptions.NoWait) == 0)
                            Reap(candidate);
                        return Errno.None;
                    }

                    if ((options & WaitOptions.Untraced) != 0 && candidate._stopReport is { } stop)
                    {
                        candidate._stopReport = null;
                        child = candidate;
                        status = stop;
                        return Errno.None;
                    }
                }

                child = null;
                status = default;
                if (!any)
                    return Errno.ECHILD;
                if ((options & WaitOptions.NoHang) != 0)
                    return Errno.None;
                Errno error = Block(_childGate, -1);
                if (error == Errno.EINTR)
                    return error;
            }
        }
    }

    internal void AddChild(Process child)
    {
        lock (_childGate)
            _children.Add(child);
    }

    /// <summary>A child ended or stopped.</summary>
    internal void ChildChanged(Process child, WaitStatus status)
    {
        lock (_childGate)
        {
            if (status.Stopped)
                child._stopReport = status;
            else if ((_ignored & Signals.Bit(Signal.CHLD)) != 0 || Program is null)
                Reap(child);
            Monitor.PulseAll(_childGate);
        }

        Deliver(Signal.CHLD);
    }

    private void Reap(Process child)
    {
        child.State = ProcessState.Reaped;
        _children.Remove(child);
        ChildrenCpuTime += child.CpuTime + child.ChildrenCpuTime;
        Kernel.Remove(child);
    }

    private void GiveChildrenTo(Process init)
    {
        Process[] orphans;
        lock (_childGate)
        {
            orphans = [.. _children];
            _children.Clear();
        }

        foreach (Process orphan in orphans)
        {
            orphan.Parent = init;
            init.AddChild(orphan);
            if (orphan.State == ProcessState.Zombie)
                init.ChildChanged(orphan, orphan.ExitStatus);
        }
    }
}
