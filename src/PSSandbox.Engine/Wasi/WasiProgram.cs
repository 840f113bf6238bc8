using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>Runs a WebAssembly module as a process. Holds no state of a run: one serves all processes of a module.</summary>
internal sealed class WasiProgram(WasiModule module) : IProgram
{
    private const long LargeMemory = 64 << 20;

    /// <inheritdoc/>
    public int Run(Process process)
    {
        var state = new WasiProcess(process, module.SignalHandler);
        if (!module.UsesSystemCalls)
            StartingDirectories.Open(state);

        // The sandbox's account bounds the memory, so that what it refuses is recorded.
        var limits = new WasmLimits
        {
            OnGrow = state.Grow,
            OnInterrupt = state.HandleSignals,
            OnDeepen = process.TryChargeStack,
            MaxTableElements = module.TableElements,
            Fuel = process.Kernel.Options.MaxFuel,
        };
        IWasmInstance? instance = null;
        try
        {
            if (!module.TablesFit || !state.Grow(module.TableBytes))
                throw OutOfMemory(state);
            instance = module.Template.Instantiate(state, limits);
            if (!state.Grow(instance.Memory.Length))
                throw OutOfMemory(state);
            state.Instance = instance;
            instance.Invoke(module.Start, []);
            return state.ExitStatus;
        }
        catch (WasmTrapException trap)
        {
            throw Explain(state, trap);
        }
        catch (Exception error) when (error is OutOfMemoryException or WasmLinkException)
        {
            throw OutOfMemory(state);
        }
        finally
        {
            state.StartPendingChild();
            state.Instance = null;
            state.Hashes?.Dispose();
            if (instance is not null)
                Free(state, instance);
        }
    }

    // To give a gibibyte back to the system takes some tens of milliseconds: nobody is to wait for it.
    private static void Free(WasiProcess state, IWasmInstance instance)
    {
        if (state.ChargedBytes >= LargeMemory)
        {
            state.Process.ReturnMemory(state.ChargedBytes, instance.Dispose);
            return;
        }

        instance.Dispose();
        state.Process.ReleaseMemory(state.ChargedBytes);
    }

    private static ProcessExitException OutOfMemory(WasiProcess state)
    {
        Tell(state.Process, "out of memory");
        return new ProcessExitException(WaitStatus.ForSignal(Signal.KILL));
    }

    /// <summary>Says on standard error why a guest was stopped, and how its process ends by that.</summary>
    private static ProcessExitException Explain(WasiProcess state, WasmTrapException trap)
    {
        Process process = state.Process;
        if (process.Attention)
            process.CheckSignals();
        switch (trap.Kind)
        {
            case WasmTrapKind.Unreachable when state.MemoryRefused:
                return OutOfMemory(state);
            case WasmTrapKind.OutOfFuel:
                process.Kernel.Record("fuel", process.Id, $"the limit of {process.Kernel.Options.MaxFuel} instructions of one program was reached");
                break;
        }

        Tell(process, trap.Message);
        return new ProcessExitException(WaitStatus.ForSignal(SignalOf(trap.Kind)));
    }

    private static Signal SignalOf(WasmTrapKind kind) => kind switch
    {
        WasmTrapKind.MemoryOutOfBounds or WasmTrapKind.StackOverflow => Signal.SEGV,
        WasmTrapKind.IntegerDivideByZero or WasmTrapKind.IntegerOverflow => Signal.FPE,
        WasmTrapKind.OutOfFuel or WasmTrapKind.Interrupted => Signal.KILL,
        _ => Signal.ABRT,
    };

    private static void Tell(Process process, string message)
    {
        string name = process.Arguments.Length > 0 ? process.Arguments[0] : process.ExecutablePath;
        process.Descriptors[2]?.Write(ByteText.ToBytes($"{name}: {message}\n"), process, out _);
    }
}
