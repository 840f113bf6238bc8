using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>The jobs of one shell, and the statuses of background processes that <c>wait</c> may still ask for.</summary>
internal sealed class JobTable(Process shell)
{
    private const int MaxRemembered = 1024;
    private readonly HashSet<int> _followed = [];
    private readonly List<ShellJob> _jobs = [];
    private readonly Dictionary<int, int> _ended = [];
    private readonly Queue<int> _endedOrder = new();
    private long _order;

    /// <summary>What a subshell shows of its parent's jobs. It cannot wait for them.</summary>
    public JobTable ForSubshell(Process subshell)
    {
        var copy = new JobTable(subshell);
        copy._jobs.AddRange(_jobs);
        return copy;
    }

    /// <summary>The jobs by ascending number.</summary>
    public IReadOnlyList<ShellJob> Jobs => _jobs;

    /// <summary>Adds a job of processes that run.</summary>
    public ShellJob Add(Process[] processes, string command, int group)
    {
        int id = 1;
        foreach (ShellJob other in _jobs)
            id = Math.Max(id, other.Id + 1);
        var job = new ShellJob(id, processes, command, group) { Order = ++_order };
        _jobs.Add(job);
        return job;
    }

    /// <summary>Adds a job that ran in the foreground and was stopped.</summary>
    public ShellJob Add(ShellJob stopped, Process[] processes)
    {
        ShellJob job = Add(processes, stopped.Command, stopped.Group);
        foreach (int pid in stopped.ProcessIds)
        {
            if (stopped.StatusOf(pid) is { } status)
                job.Note(pid, status);
        }

        job.Note(stopped.ProcessId, WaitStatus.ForStop(Signal.TSTP));
        return job;
    }

    /// <summary>Makes a job the current one.</summary>
    public void Touch(ShellJob job) => job.Order = ++_order;

    /// <summary>Takes a job off the table; its processes' statuses stay known to <c>wait</c>.</summary>
    public void Remove(ShellJob job)
    {
        _jobs.Remove(job);
        foreach (int pid in job.ProcessIds)
        {
            if (job.StatusOf(pid) is { } status)
                Remember(pid, status.ShellStatus);
        }
    }

    /// <summary>Forgets everything that was remembered of an ended process.</summary>
    public void Forget(int pid) => _ended.Remove(pid);

    /// <summary>The status of a process that ended and whose job is gone.</summary>
    public bool TryGetEnded(int pid, out int status) => _ended.TryGetValue(pid, out status);

    /// <summary>The job that a process belongs to.</summary>
    public ShellJob? OfProcess(int pid)
    {
        for (int i = _jobs.Count - 1; i >= 0; i--)
        {
            if (_jobs[i].Has(pid))
                return _jobs[i];
        }

        return null;
    }

    /// <summary>The current job, or with <paramref name="previous"/> the one before it; stopped ones come first.</summary>
    public ShellJob? Current(bool previous = false)
    {
        ShellJob? best = null;
        ShellJob? second = null;
        foreach (ShellJob job in _jobs)
        {
            if (best is null || IsBefore(job, best))
                (second, best) = (best, job);
            else if (second is null || IsBefore(job, second))
                second = job;
        }

        return previous ? second ?? best : best;
    }

    /// <summary>Finds a job by <c>%n</c>, <c>%%</c>, <c>%+</c>, <c>%-</c>, <c>%text</c>, <c>%?text</c>.</summary>
    /// <param name="text">The name; the percent sign may be missing.</param>
    /// <param name="ambiguous">Whether more than one matches.</param>
    public ShellJob? Find(string text, out bool ambiguous)
    {
        ambiguous = false;
        ReadOnlySpan<char> name = text.StartsWith('%') ? text.AsSpan(1) : text;
        if (name.Length == 0 || name is "%" or "+")
            return Current();
        if (name is "-")
            return Current(previous: true);
        if (int.TryParse(name, System.Globalization.NumberStyles.None, null, out int id))
            return _jobs.Find(j => j.Id == id);
        bool anywhere = name[0] == '?';
        if (anywhere)
            name = name[1..];
        ShellJob? found = null;
        foreach (ShellJob job in _jobs)
        {
            if (anywhere ? job.Command.AsSpan().IndexOf(name) < 0 : !job.Command.AsSpan().StartsWith(name))
                continue;
            ambiguous |= found is not null;
            found = job;
        }

        return ambiguous ? null : found;
    }

    /// <summary>Notes every child that has ended or stopped meanwhile, without waiting.</summary>
    public void Poll()
    {
        if (_jobs.Count == 0)
            return;
        while (shell.Wait(-1, WaitOptions.NoHang | WaitOptions.Untraced, out Process? child, out WaitStatus status) == FileSystem.Errno.None
            && child is not null)
            Note(child.Id, status);
        foreach (ShellJob job in _jobs)
            job.NoticeContinued();
    }

    /// <summary>Notes what changed of the jobs' own processes, and of no other child.</summary>
    public void PollJobs()
    {
        foreach (ShellJob job in _jobs)
        {
            foreach (int pid in job.IsDone ? [] : job.ProcessIds)
            {
                if (shell.Wait(pid, WaitOptions.NoHang | WaitOptions.Untraced, out Process? child, out WaitStatus status) == FileSystem.Errno.None && child is not null)
                    job.Note(pid, status);
            }

            job.NoticeContinued();
        }
    }

    /// <summary>Notes how a child ended or stopped.</summary>
    public void Note(int pid, WaitStatus status)
    {
        foreach (ShellJob job in _jobs)
        {
            if (job.Note(pid, status))
                return;
        }

        if (!status.Stopped)
            Remember(pid, status.ShellStatus);
    }

    /// <summary>Drops jobs that are done: all, or those of which the user was told.</summary>
    public void RemoveDone(bool reportedOnly)
    {
        for (int i = _jobs.Count - 1; i >= 0; i--)
        {
            if (_jobs[i].IsDone && (!reportedOnly || _jobs[i].IsReported))
                Remove(_jobs[i]);
        }
    }

    /// <summary>A child that is no job may be waited for: a process substitution's.</summary>
    public void Follow(int pid)
    {
        if (_followed.Count >= MaxRemembered)
            _followed.Clear();
        _followed.Add(pid);
    }

    /// <summary>Whether a child is followed.</summary>
    public bool IsFollowed(int pid) => _followed.Contains(pid);

    private static bool IsBefore(ShellJob a, ShellJob b) => a.IsStopped != b.IsStopped ? a.IsStopped : a.Order > b.Order;

    private void Remember(int pid, int status)
    {
        if (!_ended.ContainsKey(pid))
            _endedOrder.Enqueue(pid);
        _ended[pid] = status;
        while (_endedOrder.Count > MaxRemembered)
            _ended.Remove(_endedOrder.Dequeue());
    }
}
