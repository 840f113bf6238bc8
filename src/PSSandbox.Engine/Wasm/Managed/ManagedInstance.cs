using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed;

/// <summary>A running module of the managed engine.</summary>
internal sealed unsafe partial class ManagedInstance : IWasmInstance
{
    private readonly ModuleDefinition _definition;
    private readonly ManagedTemplate _template;
    private readonly InstanceBlock _block;
    private readonly nint _context;
    private readonly WasmLimits _limits;
    private readonly Lock _gate = new();
    private int _depth;
    private ulong _lowestLimit;
    private ulong _deepened;
    private bool _disposed;

    /// <summary>Makes an instance in a block; <see cref="Initialize"/> follows.</summary>
    internal ManagedInstance(ManagedTemplate template, InstanceBlock block, object? state, in WasmLimits limits)
    {
        _template = template;
        Code = template.Code;
        _definition = template.Module.Definition;
        _limits = limits;
        _block = block;
        _context = block.Border;
        HostFunctions = template.HostFunctions;
        State = state;
        block.Owner = this;
        LinearMemory = _definition.Memory is not { } memory ? null
            : _definition.MemoryIsImported ? template.Linked?.Memory
            : new ManagedMemory(block, memory, limits);
        template.Linked?.Store.Add(this);
    }

    /// <inheritdoc/>
    public object? State { get; }

    /// <inheritdoc/>
    public Span<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (LinearMemory is not { } memory)
                return default;
            return new Span<byte>((void*)memory.Border, (int)Math.Min(memory.Length, int.MaxValue));
        }
    }

    /// <inheritdoc/>
    public long PeakMemoryBytes => LinearMemory?.Peak ?? 0;

    /// <summary>The code.</summary>
    internal LoadedCode Code { get; }

    /// <summary>The functions of the host, by index of the import.</summary>
    internal HostFunction[] HostFunctions { get; }

    /// <summary>The memory that the instance uses.</summary>
    internal ManagedMemory? LinearMemory { get; }

    /// <summary>The instance that a context belongs to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ManagedInstance Of(nint context) =>
        Unsafe.As<ManagedInstance>(GCHandle.FromIntPtr(*(nint*)(context + Context.Owner)).Target!);

    /// <inheritdoc/>
    public void Invoke(WasmExport function, Span<WasmValue> values)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (function.Kind != WasmExternKind.Function || (uint)function.Index >= (uint)_definition.FunctionTypes.Count)
            throw new ArgumentException($"{function.Name} is not a function of this module", nameof(function));
        Invoke(function.Index, _definition.FunctionType(function.Index), values);
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            Volatile.Write(ref *(int*)(_context + Context.Interrupt), 1);
            Volatile.Write(ref *(ulong*)(_context + Context.StackLimit), ulong.MaxValue);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (_depth > 0)
                throw new InvalidOperationException("the instance is running");
            _disposed = true;
        }

        _block.Owner = null;
        _template.Return(_block);
    }

    /// <summary>On the guest's thread: answers an interruption, if there is one.</summary>
    internal void OnInterrupt()
    {
        bool asked = Interlocked.Exchange(ref *(int*)(_context + Context.Interrupt), 0) != 0;
        SetStackLimit(*(ulong*)(_context + Context.RealStackLimit));
        if (!asked)
            return;
        if (_limits.OnInterrupt is not { } ask)
        {
            Traps.Interrupted();
            return;
        }

        // What is called may run the guest again, and that may be interrupted in a loop: it needs a save area of its own.
        nint* saveArea = (nint*)(_context + Context.SaveArea);
        nint former = *saveArea;
        WasmValue* inner = stackalloc WasmValue[Context.SaveSlots];
        *saveArea = (nint)inner;
        try
        {
            ask(this);
        }
        finally
        {
            *saveArea = former;
        }
    }

    /// <summary>On the guest's thread: lowers the limit of the stack below an address, if that may be.</summary>
    internal bool TryDeepen(ulong address)
    {
        ulong limit = *(ulong*)(_context + Context.RealStackLimit);
        if (address < _lowestLimit || _limits.OnDeepen is not { } ask)
            return false;
        ulong bytes = Math.Min(limit - _lowestLimit, (limit - address + StackBounds.Step) / StackBounds.Step * StackBounds.Step);
        if (!ask((int)bytes))
            return false;
        _deepened += bytes;
        *(ulong*)(_context + Context.RealStackLimit) = limit - bytes;
        return true;
    }

    private void Invoke(int function, WasmFunctionType type, Span<WasmValue> values)
    {
        if (values.Length < Math.Max(type.Parameters.Length, type.Results.Length))
            throw new ArgumentException("too few slots for the function's arguments and results", nameof(values));
        ulong formerLimit = *(ulong*)(_context + Context.RealStackLimit);
        if (_depth == 0)
        {
            byte probe;
            _lowestLimit = StackBounds.LimitFor((ulong)&probe, _limits.MaxStackBytes);
            ulong limit = _limits.OnDeepen is null ? _lowestLimit : Math.Max(_lowestLimit, (ulong)&probe - StackBounds.Unasked - _deepened);
            *(ulong*)(_context + Context.RealStackLimit) = limit;
            SetStackLimit(limit);
        }

        _depth++;
        try
        {
            // Asked before the call, and the function may have neither loops nor calls.
            if (Volatile.Read(ref *(int*)(_context + Context.Interrupt)) != 0)
                OnInterrupt();
            nint code = Code.Function(function);
            delegate*<nint, nint, nint, void> invoker = (delegate*<nint, nint, nint, void>)Code.Invoker(function, type);
            fixed (WasmValue* first = values)
                invoker(_context, code, (nint)first);
        }
        finally
        {
            // What a nested call was allowed stays allowed.
            if (--_depth == 0)
                *(ulong*)(_context + Context.RealStackLimit) = formerLimit;
        }
    }

    // An interruption that came in between is not lost: it sets its flag before the limit, and the flag is read after it.
    private void SetStackLimit(ulong limit)
    {
        Volatile.Write(ref *(ulong*)(_context + Context.StackLimit), limit);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *(int*)(_context + Context.Interrupt)) != 0)
            Volatile.Write(ref *(ulong*)(_context + Context.StackLimit), ulong.MaxValue);
    }
}
