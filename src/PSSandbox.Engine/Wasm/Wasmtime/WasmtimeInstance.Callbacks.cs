using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PSSandbox.Wasm.Wasmtime;

/// <content>
/// What the library calls. No exception may pass its frames: it is kept in the instance, the guest is ended by a trap,
/// and the call that began the guest throws it again.
/// </content>
internal sealed unsafe partial class WasmtimeInstance
{
    // The instance whose guest runs on this thread; a host function may run another one's meanwhile.
    [ThreadStatic]
    private static WasmtimeInstance? t_current;

    /// <summary>The one function by which guests call the host. Its environment is the import's index.</summary>
    internal static void* HostCallback =>
        (delegate* unmanaged[Cdecl]<nint, nint, WasmValue*, nuint, nint>)&OnHostCall;

    private static void* EpochCallback =>
        (delegate* unmanaged[Cdecl]<nint, nint, ulong*, byte*, nint>)&OnEpoch;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnHostCall(nint environment, nint caller, WasmValue* values, nuint count)
    {
        WasmtimeInstance instance = t_current!;
        try
        {
            instance.CallHost((int)environment, caller, new Span<WasmValue>(values, (int)count));
            return 0;
        }
        catch (Exception e)
        {
            return instance.KeepForTrap(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnEpoch(nint context, nint data, ulong* delta, byte* kind)
    {
        *delta = 1;
        *kind = 0;
        WasmtimeInstance instance = t_current!;
        if (Interlocked.Exchange(ref instance._interrupted, 0) == 0)
            return 0;
        try
        {
            instance.AnswerInterrupt();
            return 0;
        }
        catch (Exception e)
        {
            return instance.KeepForError(e);
        }
    }

    private void AnswerInterrupt()
    {
        if (_limits.OnInterrupt is not { } ask)
            throw new WasmTrapException(WasmTrapKind.Interrupted, "interrupted");

        // The handler may call the guest. The library has put this callback aside meanwhile, without which the guest
        // would just trap: it gets another one, which ends when the first is put back.
        _library.ContextSetEpochDeadline(_context, 1);
        _library.StoreEpochDeadlineCallback(_store, EpochCallback, null, null);
        _memoryIsCurrent = false;
        if (_hasMemory)
            FindMemory();
        ask(this);
    }

    private void CallHost(int import, nint caller, Span<WasmValue> values)
    {
        if (!_hasMemory)
            FindMemoryExport(caller);
        else
            _memoryIsCurrent = false;
        ReferencePositions? references = _template.References[import];
        if (references is not null)
            ToHost(references.Parameters, values);
        _template.Functions[import](this, values);
        if (references is not null)
            ToGuest(references.Results, values);
    }

    private nint KeepForTrap(Exception e)
    {
        _thrown = ExceptionDispatchInfo.Capture(e);
        fixed (byte* message = "host function"u8)
            return _library.TrapNew(message, (nuint)"host function"u8.Length);
    }

    private nint KeepForError(Exception e)
    {
        _thrown = ExceptionDispatchInfo.Capture(e);
        fixed (byte* message = "interrupted\0"u8)
            return _library.ErrorNew(message);
    }

    // While the start function runs the instance is not known yet, but the caller is.
    private void FindMemoryExport(nint caller)
    {
        if (_template.Module.MemoryExport is not { } export)
            return;
        byte[] name = Encoding.UTF8.GetBytes(export + '\0');
        NativeExtern item;
        fixed (byte* pointer = name)
        {
            if (_library.CallerExportGet(caller, pointer, (nuint)name.Length - 1, &item) == 0 || item.Kind != NativeExtern.KindMemory)
                return;
        }

        _memory = item.Memory;
        _hasMemory = true;
    }

    // References to host objects are numbers of the host here, and of the library's heap there. Rooting ends with the
    // store; older and newer versions differ in how to end it sooner.
    private void ToGuest(int[] positions, Span<WasmValue> values)
    {
        foreach (int position in positions)
        {
            nint value = values[position].Reference;
            values[position] = default;
            if (value == 0)
                continue;
            NativeReference reference = default;
            if (_library.ExternRefNew(_context, (void*)value, null, &reference) == 0)
                throw new WasmTrapException(WasmTrapKind.HostFailure, "no room for a reference");
            values[position].I32 = (int)_library.ExternRefToRaw(_context, &reference);
        }
    }

    private void ToHost(int[] positions, Span<WasmValue> values)
    {
        foreach (int position in positions)
        {
            uint raw = (uint)values[position].I32;
            values[position] = default;
            if (raw == 0)
                continue;
            NativeReference reference = default;
            _library.ExternRefFromRaw(_context, raw, &reference);
            values[position].Reference = (nint)_library.ExternRefData(_context, &reference);
        }
    }
}
