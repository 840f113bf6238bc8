using System.Runtime.CompilerServices;
using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// Starting, replacing and ending.
internal sealed partial class Process
{
    /// <summary>Deepest nesting of processes that run on one thread; the next gets a thread of its own.</summary>
    private const int MaxInlineDepth = 16;

    private readonly Lock _endLock = new();
    private volatile Process? _inlineChild;
    private int _inlineDepth;
    private int _claimed;
    private int _thread;
    private long _cpuAtSwitch;
    private long _cpuNanoseconds;
    private IProgram? _replacement;

    /// <summary>CPU time it has used, also while it runs.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            long used = Volatile.Read(ref _cpuNanoseconds);
            int thread = Volatile.Read(ref _thread);
            if (thread != 0 && ThreadClock.Of(thread) is long now and >= 0)
                used += Math.Max(0, now - Volatile.Read(ref _cpuAtSwitch));
            return TimeSpan.FromTicks(used / 100);
        }
    }

    /// <summary>
    /// Prepares to run the program in a file (the loading half of execve). Permissions, format and interpreter are checked now.
    /// </summary>
    /// <returns>ENOENT, EACCES, ENOEXEC, ENOTDIR, ELOOP, ENOMEM, E2BIG.</returns>
    public Errno Load(string path, string[] arguments, string[] environment)
    {
        PathContext context = Paths;
        Errno error = Kernel.Files.Resolve(context, path, true, out Node? node);
        if (error != Errno.None)
            return error;
        return LoadNode(node!, path, arguments, environment);
    }

    /// <summary>The same for a file that was found already.</summary>
    public Errno LoadNode(Node node, string path, string[] arguments, string[] environment)
    {
        Errno error = node.GetStatus(out FileStatus status);
        if (error != Errno.None)
            return error;
        if (status.Type != FileType.Regular || !VirtualFileSystem.Permits(status, User, 1))
            return Errno.EACCES;
        error = Kernel.Loader.Load(this, node, path, ref arguments, out IProgram? program);
        if (error != Errno.None)
            return error;
        Arguments = arguments;
        Environment = environment;
        ExecutablePath = path;
        Program = program;
        return Errno.None;
    }

    /// <summary>
    /// Replaces the running program (execve). On success the caller must unwind its own program at once, by returning
    /// from <see cref="IProgram.Run"/> or by <see cref="ProcessExitException"/>: the new one then begins.
    /// </summary>
    public Errno Exec(string path, string[] arguments, string[] environment)
    {
        IProgram? old = Program;
        Errno error = Load(path, arguments, environment);
        if (error != Errno.None)
            return error;
        IProgram next = Program!;
        Program = old;
        Replace(next, path, Arguments, environment);
        return Errno.None;
    }

    /// <summary>The same for a program that was loaded already, as <see cref="IProgramLoader.Load"/> does.</summary>
    public void Replace(IProgram program, string path, string[] arguments, string[] environment)
    {
        Arguments = arguments;
        Environment = environment;
        ExecutablePath = path;
        _replacement = program;
        ResetCaughtSignals();
        Descriptors.CloseForExec();
    }

    /// <summary>
    /// Runs the process to its end on the calling thread, which belongs to its parent, and leaves it waitable. Does nothing if
    /// it was started already.
    /// </summary>
    public void RunInline()
    {
        Process? parent = Parent;
        int depth = (parent?._inlineDepth ?? 0) + 1;
        if (depth > MaxInlineDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Start();
            return;
        }

        if (!Claim())
            return;
        _inlineDepth = depth;
        // Init runs nothing: what the host starts runs on a thread that is the host's.
        Process? caller = parent?.Program is null ? null : parent;
        long now = ThreadClock.Now;
        caller?.GiveThreadTo(this, now);
        now = Execute(now);
        caller?.TakeThreadBack(now);
    }

    /// <summary>Runs the process on a thread of its own. Does nothing if it was started already.</summary>
    public void Start()
    {
        if (!Claim())
            return;
        ProcessThreads.Run(() => Execute(ThreadClock.Now));
    }

    /// <summary>Ends the process from its own thread, or by a signal that found no thread in it.</summary>
    internal void End(WaitStatus status)
    {
        lock (_endLock)
        {
            lock (_signalLock)
            {
                if (State is ProcessState.Zombie or ProcessState.Reaped)
                    return;
                ExitStatus = status;
                _attention = true;
                _alarm?.Dispose();
                _alarm = null;
                _cpuWatch?.Dispose();
                _cpuWatch = null;
            }

            Descriptors.CloseAll();
            SettleMemory();
            if (Kernel.Init is { } init && init != this)
                GiveChildrenTo(init);
            State = ProcessState.Zombie;
        }

        Parent?.ChildChanged(this, status);
        Kernel.Ended(this);
    }

    private bool Claim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>
    /// Its thread is not in it: it never began, or waits in the frame of a foreground child. Its end is told at once; the
    /// thread finds out when it comes back.
    /// </summary>
    private void EndFromOutside(WaitStatus status)
    {
        if (State == ProcessState.New && !Claim())
            return;
        End(status);
    }

    /// <summary>Runs the program on the calling thread, from one moment of the thread's clock; gives the moment at which that was done.</summary>
    private long Execute(long now)
    {
        BeginAccounting(now);
        if (State == ProcessState.New)
            State = ProcessState.Running;
        Job.Count();
        if (Limits[Resource.CpuTime].Soft != ResourceLimit.Unlimited)
            WatchCpuTime();
        WaitStatus status;
        while (!RunProgram(out status))
        {
        }

        now = ThreadClock.Now;
        EndAccounting(now);
        End(status);
        return now;
    }

    /// <summary>Runs the program to its end, or to where it is replaced: then that is made the program, and false returned.</summary>
    /// <remarks>A loop around this, no recursion: a program may execute another without end.</remarks>
    private bool RunProgram(out WaitStatus status)
    {
        BeginStack();
        try
        {
            CheckSignals();
            status = WaitStatus.ForExit(Program!.Run(this));
        }
        catch (ProcessExitException exit)
        {
            status = exit.Status;
        }
        catch (Exception failure)
        {
            Kernel.Record("internal", Id, $"{Arguments[0]}: {failure.GetType().Name}: {failure.Message}");
            Descriptors[2]?.Write(ByteText.ToBytes(ByteText.FromText($"{Arguments[0]}: internal error: {failure.Message}\n")), null, out _);
            status = WaitStatus.ForSignal(Signal.ABRT);
            return true;
        }
        finally
        {
            ReleaseStack();
        }

        if (_replacement is not { } next)
            return true;
        _replacement = null;
        Program = next;
        return false;
    }

    private void BeginAccounting(long now)
    {
        Volatile.Write(ref _cpuAtSwitch, now);
        Volatile.Write(ref _thread, ThreadClock.CurrentThread);
    }

    private void EndAccounting(long now)
    {
        Volatile.Write(ref _thread, 0);
        Volatile.Write(ref _cpuNanoseconds, _cpuNanoseconds + now - _cpuAtSwitch);
    }

    private void GiveThreadTo(Process child, long now)
    {
        EndAccounting(now);
        Signal fatal;
        Signal stop;
        lock (_signalLock)
        {
            _inlineChild = child;
            (fatal, stop) = (_fatal, _stop);
        }

        // What came since this thread last looked is told now, as Deliver tells what comes from here on.
        if (fatal != Signal.None)
            EndFromOutside(WaitStatus.ForSignal(fatal));
        else if (stop != Signal.None)
            Parent?.ChildChanged(this, WaitStatus.ForStop(stop));
    }

    private void TakeThreadBack(long now)
    {
        lock (_signalLock)
            _inlineChild = null;
        BeginAccounting(now);
    }
}
