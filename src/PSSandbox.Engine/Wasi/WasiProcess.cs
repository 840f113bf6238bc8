using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>What the host functions know of the process that calls them. Used by its own thread only, but for <see cref="Interrupt"/>.</summary>
internal sealed class WasiProcess : IInterruptible
{
    private const int MaxSignalDepth = 8;
    private static readonly char[] NoBuffer = [];
    private readonly WasmExport? _signalHandler;
    private volatile IWasmInstance? _instance;
    private Process? _pendingChild;
    private int _signalDepth;
    private int _startedChildren;

    /// <summary>A buffer for a path.</summary>
    public char[] PathBuffer = NoBuffer;

    /// <summary>A buffer for a call's second path.</summary>
    public char[] SecondPathBuffer = NoBuffer;

    /// <summary>Makes the state of one process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="signalHandler">The guest's function for caught signals, if it has one.</param>
    public WasiProcess(Process process, WasmExport? signalHandler)
    {
        Process = process;
        Environment = process.Environment;
        _signalHandler = signalHandler;
    }

    /// <summary>The kernel's process.</summary>
    public Process Process { get; }

    /// <summary>The environment that the guest sees.</summary>
    public string[] Environment { get; set; }

    /// <summary>The directories given at the start.</summary>
    public Preopens Preopens { get; } = new();

    /// <summary>The digests that the guest is computing; null as long as it began none.</summary>
    public ProcessHashes? Hashes { get; set; }

    /// <summary>The status if the guest returns from its start function.</summary>
    public int ExitStatus { get; set; }

    /// <summary>Bytes charged to the process for the guest's memory.</summary>
    public long ChargedBytes { get; private set; }

    /// <summary>Whether memory was asked for and refused.</summary>
    public bool MemoryRefused { get; private set; }

    /// <summary>The child that was made and not yet started, if any.</summary>
    public Process? PendingChild => _pendingChild;

    /// <summary>The running instance, for interruption.</summary>
    public IWasmInstance? Instance
    {
        get => _instance;
        set
        {
            _instance = value;
            Process.Running = value is null ? null : this;
        }
    }

    /// <inheritdoc/>
    public void Interrupt() => _instance?.Interrupt();

    /// <summary>The open file of a descriptor. EBADF.</summary>
    public Errno GetFile(int descriptor, out OpenFile file)
    {
        OpenFile? found = Process.Descriptors[descriptor];
        file = found!;
        return found is null ? Errno.EBADF : Errno.None;
    }

    /// <summary>From where and as whom a path relative to an open directory is resolved. EBADF, ENOTDIR.</summary>
    /// <param name="descriptor">The directory.</param>
    /// <param name="context">The context.</param>
    public Errno PathsAt(int descriptor, out PathContext context)
    {
        context = default;
        return descriptor < 0 ? Errno.EBADF : Process.PathsAt(descriptor, out context);
    }

    /// <summary>Ends the process if a signal says so, waits while it is stopped, calls the guest's handler for caught signals.</summary>
    public void HandleSignals(IWasmInstance instance)
    {
        if (!Process.CheckSignals() || _signalDepth >= MaxSignalDepth)
            return;
        _signalDepth++;
        Span<WasmValue> values = stackalloc WasmValue[1];
        while (Process.TakeSignal() is var signal && signal != Signal.None)
        {
            values[0].I32 = (int)signal;
            if (_signalHandler is not null)
                instance.Invoke(_signalHandler, values);
        }

        _signalDepth--;
    }

    /// <summary>Accounts for memory that the guest is about to get.</summary>
    public bool Grow(long bytes)
    {
        bool granted = Process.TryChargeMemory(bytes);
        MemoryRefused |= !granted;
        ChargedBytes += granted ? bytes : 0;
        return granted;
    }

    /// <summary>
    /// Keeps a child back: it begins when the guest waits for it, on this same thread if that can do no harm, or when the
    /// guest does anything else that may wait.
    /// </summary>
    public void Defer(Process child)
    {
        StartPendingChild();
        _pendingChild = child;
    }

    /// <summary>Gives the child that is not yet started a thread of its own.</summary>
    public void StartPendingChild()
    {
        if (_pendingChild is null)
            return;
        _pendingChild.Start();
        _pendingChild = null;
        _startedChildren++;
    }

    /// <summary>
    /// The guest is about to wait for a child: one that is not yet started runs here to its end, if it is the one waited
    /// for and does not need its parent to run, and if the parent has nothing else to do meanwhile: no signals to handle, no
    /// stops to tell of. Else it is started.
    /// </summary>
    /// <param name="pid">Whom the guest waits for, as waitpid has it.</param>
    /// <param name="endOnly">Whether it waits until the child ends, whatever happens before.</param>
    public void PrepareToWait(int pid, bool endOnly)
    {
        Process? child = _pendingChild;
        if (child is null)
            return;
        bool only = pid == child.Id || pid == -1 && _startedChildren == 0;
        if (!endOnly || !only || Process.CaughtSignals != 0 || PipeSharing.MayDependOn(child, Process))
        {
            StartPendingChild();
            return;
        }

        _pendingChild = null;
        _startedChildren++;
        child.RunInline();
    }

    /// <summary>A child that had been started was waited for.</summary>
    public void ChildWaitedFor() => _startedChildren = Math.Max(0, _startedChildren - 1);
}
