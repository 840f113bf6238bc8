using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasi;
using PSSandbox.Wasm;

namespace PSSandbox.Userland;

/// <summary>
/// The program of one module, compiled when it is first waited for, on a thread of its own: an engine cannot be interrupted,
/// but who waits for it can. What nobody waits for any more is not begun.
/// </summary>
/// <param name="engine">What compiles it.</param>
/// <param name="binary">The module.</param>
/// <param name="hash">Its hash.</param>
/// <param name="path">Its path in the sandbox, to tell of it.</param>
/// <param name="compiling">Told as it begins to be compiled.</param>
internal sealed class LazyProgram(
    IWasmEngine engine, ReadOnlyMemory<byte> binary, ContentHash hash, string path, Action<ModuleCompilation> compiling)
{
    // How often to look for the end while caught signals wait, which do not let a process sleep.
    private const int Moment = 10;

    // Engines compile on several threads themselves; more at once would only take memory.
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    private readonly object _gate = new();
    private ReadOnlyMemory<byte> _binary = binary;
    private volatile IProgram? _program;
    private bool _running;
    private int _waiting;

    /// <summary>Waits for the program.</summary>
    /// <param name="process">The process that is to run it. Unless that runs already, the waiting thread is its parent's.</param>
    /// <exception cref="ProcessExitException">A signal ended who waits; a process that had not begun has ended too.</exception>
    public IProgram Wait(Process process)
    {
        if (_program is { } made)
            return made;
        Process? waiting = ThreadOf(process);
        if (Begin())
            WasiModule.Prepare();
        lock (_gate)
        {
            try
            {
                while (_program is null)
                    Sleep(process, waiting);
                return _program;
            }
            finally
            {
                _waiting--;
            }
        }
    }

    /// <summary>Counts one more who waits.</summary>
    /// <returns>Whether the compilation began by that.</returns>
    private bool Begin()
    {
        lock (_gate)
        {
            _waiting++;
            if (_running || _program is not null)
                return false;
            _running = true;
            ProcessThreads.Run(Run);
            return true;
        }
    }

    /// <summary>Ends who loads a program, and the process that was to run it, if a signal says so.</summary>
    /// <param name="process">The process that is to run it.</param>
    /// <exception cref="ProcessExitException">A signal ended who loads it.</exception>
    public static void CheckSignals(Process process)
    {
        if (ThreadOf(process) is { Program: not null, Attention: true } waiting)
            CheckSignals(process, waiting);
    }

    // Whose thread this is, where the process itself may not have begun.
    private static Process? ThreadOf(Process process) => process.State == ProcessState.New ? process.Parent : process;

    private static void CheckSignals(Process process, Process waiting)
    {
        try
        {
            waiting.CheckSignals();
        }
        catch (ProcessExitException)
        {
            if (waiting != process)
                process.End(WaitStatus.ForSignal(Signal.KILL));
            throw;
        }
    }

    private void Sleep(Process process, Process? waiting)
    {
        // The first process runs nothing: its thread is the host's.
        if (waiting?.Program is null)
        {
            Monitor.Wait(_gate);
            return;
        }

        if (waiting.Block(_gate, Timeout.Infinite) != Errno.EINTR)
            return;

        // A process that is stopped stays here, without what others wait for.
        Monitor.Exit(_gate);
        try
        {
            CheckSignals(process, waiting);
        }
        finally
        {
            Monitor.Enter(_gate);
        }

        if (_program is null)
            Monitor.Wait(_gate, Moment);
    }

    private void Run()
    {
        Slots.Wait();
        try
        {
            lock (_gate)
            {
                if (_waiting == 0)
                {
                    _running = false;
                    return;
                }
            }

            IProgram program = Compile();
            lock (_gate)
            {
                _program = program;
                _running = false;
                _binary = default;
                Monitor.PulseAll(_gate);
            }
        }
        finally
        {
            Slots.Release();
        }
    }

    private IProgram Compile()
    {
        var compilation = new ModuleCompilation(ByteText.ToText(path), _binary.Length, engine.Name);
        try
        {
            compiling(compilation);
            return new WasiProgram(WasiModule.Compile(engine, _binary, hash));
        }
        catch (Exception error) when (error is WasmFormatException or WasmLinkException)
        {
            return new RefusedModule(error.Message);
        }
        catch (Exception error)
        {
            return new RefusedModule($"internal error: {error.GetType().Name}: {error.Message}");
        }
        finally
        {
            compilation.Complete();
        }
    }
}
