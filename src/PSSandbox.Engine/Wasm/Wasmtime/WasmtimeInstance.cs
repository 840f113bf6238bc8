using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// A running module: a store of the library with one instance in it.
/// </summary>
internal sealed unsafe partial class WasmtimeInstance : IWasmInstance
{
    // What the host needs of the stack below the guest: its own functions, the just-in-time compiler, unwinding.
    private const int HostStackBytes = 1 << 20;
    private const int DefaultTableElements = 10_000_000;

    // One module's own; the store has no other.
    private const int MaxInstances = 1;
    private const int MaxTables = 100;
    private const int MaxMemories = 1;

    private readonly WasmtimeTemplate _template;
    private readonly WasmtimeLibrary _library;
    private readonly WasmLimits _limits;
    private nint _store;
    private nint _context;
    private NativeInstance _instance;
    private NativeMemory _memory;
    private bool _hasMemory;
    private bool _memoryIsCurrent;
    private byte* _memoryStart;
    private long _memoryLength;
    private long _charged;
    private WasmExport? _lastExport;
    private ResolvedFunction _last;
    private Dictionary<WasmExport, ResolvedFunction>? _functions;
    private ExceptionDispatchInfo? _thrown;
    private int _interrupted;
    private int _depth;

    /// <summary>Makes an instance that is not yet one of the library; <see cref="TryStart"/> follows.</summary>
    internal WasmtimeInstance(WasmtimeTemplate template, object? state, in WasmLimits limits)
    {
        _template = template;
        _library = template.Module.Engine.Library;
        _limits = limits;
        _charged = template.Module.InitialMemoryBytes;
        State = state;
    }

    /// <summary>Frees the store of an instance that was not disposed.</summary>
    ~WasmtimeInstance() => Free();

    /// <inheritdoc/>
    public object? State { get; }

    /// <inheritdoc/>
    public Span<byte> Memory
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (!_memoryIsCurrent)
                FindMemory();
            return new Span<byte>(_memoryStart, (int)Math.Min(_memoryLength, int.MaxValue));
        }
    }

    /// <inheritdoc/>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Whether the guest was asked to call back and has not yet.</summary>
    internal bool InterruptIsPending => Volatile.Read(ref _interrupted) != 0 && Volatile.Read(ref _store) != 0;

    /// <inheritdoc/>
    public void Invoke(WasmExport function, Span<WasmValue> values)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(_store == 0, this);
        if (!ReferenceEquals(function, _lastExport))
            Resolve(function);
        ResolvedFunction resolved = _last;
        if (values.Length < resolved.Slots)
            throw new ArgumentException("too few slots for the function's arguments and results", nameof(values));
        if (resolved.References is { } references)
            ToGuest(references.Parameters, values);

        // Calls from within a call stay on its thread: the library measures the stack from the outermost one.
        fixed (WasmValue* first = values)
        {
            if (_depth > 0 || HasStack)
                Call(resolved.Function, first, values.Length);
            else
                CallOnOwnThread(resolved.Function, first, values.Length);
        }

        if (resolved.References is { } results)
            ToHost(results.Results, values);
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref _interrupted, 1) == 0)
            _template.Module.Engine.Interrupt(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_depth > 0)
            throw new InvalidOperationException("the instance is running");
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the library's instance, and runs its start function.</summary>
    /// <returns>False where the engine's pool cannot hold it.</returns>
    /// <exception cref="WasmTrapException">A segment does not fit, or the start function trapped.</exception>
    internal bool TryStart(NativeEngine engine, WasmtimeHandle template)
    {
        _store = _library.StoreNew(engine.Value, null, null);
        _context = _library.StoreContext(_store);
        int tableElements = _limits.MaxTableElements > 0 ? _limits.MaxTableElements : DefaultTableElements;
        _library.StoreLimiter(
            _store, _limits.MaxMemoryBytes > 0 ? _limits.MaxMemoryBytes : -1, tableElements, MaxInstances, MaxTables, MaxMemories);
        _library.StoreEpochDeadlineCallback(_store, EpochCallback, null, null);
        _library.ContextSetEpochDeadline(_context, 1);
        if (engine.Strategy == AllocationStrategy.Fueled)
            Check(_library.ContextSetFuel(_context, (ulong)_limits.Fuel));
        nint trap = 0;
        nint error = 0;
        if (!_template.Module.HasStart || HasStack)
            Instantiate(template, out error, out trap);
        else
            RunOnOwnThread(() => Instantiate(template, out error, out trap));
        if (error != 0 && engine.Strategy == AllocationStrategy.Pooled && _thrown is null)
        {
            _library.ErrorDelete(error);
            _library.StoreDelete(_store);
            _store = 0;
            return false;
        }

        if ((error | trap) != 0)
            Throw(error, trap);
        FindMemoryExport();
        if (_hasMemory)
            FindMemory();
        return true;
    }

    // Enough for what the guest may use, and for the host functions that it calls at its deepest.
    private bool HasStack => NativeStack.HasRoom((nuint)_template.Module.Engine.Options.MaxStackBytes + HostStackBytes);

    private void Instantiate(WasmtimeHandle template, out nint error, out nint trap)
    {
        NativeInstance instance;
        nint trapped = 0;
        Entry entry = Enter();
        error = _library.InstancePreInstantiate(template.Value, _context, &instance, &trapped);
        Leave(entry);
        trap = trapped;
        _instance = instance;
    }

    private void Call(NativeFunction function, WasmValue* values, int count)
    {
        nint trap = 0;
        Entry entry = Enter();
        nint error = _library.FunctionCallUnchecked(_context, &function, values, (nuint)count, &trap);
        Leave(entry);
        _memoryIsCurrent = false;
        if (_hasMemory)
            FindMemory();
        if ((error | trap) != 0)
            Throw(error, trap);
    }

    // Nothing between the two may throw.
    private Entry Enter()
    {
        Entry entry = new() { Outer = t_current };
        if (entry.Outer is null && SignalStack.IsNeeded)
            entry.Stack = SignalStack.Enter(out entry.FormerStack);
        t_current = this;
        _depth++;
        return entry;
    }

    private void Leave(in Entry entry)
    {
        _depth--;
        t_current = entry.Outer;
        if (entry.Outer is null)
            SignalStack.Leave(entry.Stack, entry.FormerStack);
    }

    private void CallOnOwnThread(NativeFunction function, WasmValue* values, int count) => RunOnOwnThread(() => Call(function, values, count));

    private void RunOnOwnThread(Action action)
    {
        ExceptionDispatchInfo? thrown = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    thrown = ExceptionDispatchInfo.Capture(e);
                }
            },
            _template.Module.Engine.Options.MaxStackBytes + (4 * HostStackBytes))
        {
            IsBackground = true,
            Name = "WebAssembly",
        };
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }

    private void Resolve(WasmExport export)
    {
        if (_functions is null || !_functions.TryGetValue(export, out ResolvedFunction resolved))
        {
            if (export.Kind != WasmExternKind.Function || !TryGetExport(export.Name, out NativeExtern item) || item.Kind != NativeExtern.KindFunction)
                throw new ArgumentException($"{export.Name} is not a function of this module", nameof(export));
            WasmFunctionType type = export.FunctionType!;
            resolved = new ResolvedFunction(
                item.Function, Math.Max(type.Parameters.Length, type.Results.Length), ReferencePositions.Of(type));
            (_functions ??= new Dictionary<WasmExport, ResolvedFunction>(ReferenceEqualityComparer.Instance)).Add(export, resolved);
        }

        _lastExport = export;
        _last = resolved;
    }

    private bool TryGetExport(string name, out NativeExtern item)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* pointer = bytes)
        fixed (NativeInstance* instance = &_instance)
        fixed (NativeExtern* result = &item)
            return _library.InstanceExportGet(_context, instance, pointer, (nuint)bytes.Length - 1, result) != 0;
    }

    private void FindMemoryExport()
    {
        if (!_hasMemory && _template.Module.MemoryExport is { } name && TryGetExport(name, out NativeExtern item))
        {
            _memory = item.Memory;
            _hasMemory = true;
        }
    }

    // Where the memory is now, and how large.
    private void FindMemory()
    {
        ObjectDisposedException.ThrowIf(_store == 0, this);
        if (!_hasMemory)
            return;
        fixed (NativeMemory* memory = &_memory)
        {
            _memoryStart = _library.MemoryData(_context, memory);
            _memoryLength = (long)_library.MemoryDataSize(_context, memory);
        }

        _memoryIsCurrent = true;
        PeakMemoryBytes = Math.Max(PeakMemoryBytes, _memoryLength);
    }

    /// <summary>Answers the guest's question whether its memory may grow (see <see cref="GrowthInstrumentation"/>).</summary>
    /// <param name="value">The pages to be added; then 1 or 0.</param>
    internal void AnswerGrowth(ref WasmValue value)
    {
        if (!_memoryIsCurrent)
            FindMemory();
        long length = _memoryLength + ((long)(uint)value.I32 * MemoryType.PageSize);
        value = default;

        // What cannot be is not charged.
        long most = _template.Module.MaximumMemoryBytes;
        if (_limits.MaxMemoryBytes > 0)
            most = Math.Min(most, _limits.MaxMemoryBytes);
        if (length > most)
            return;
        if (length > _charged)
        {
            if (_limits.OnGrow is { } onGrow && !onGrow(length - _charged))
                return;
            _charged = length;
        }

        value.I32 = 1;
    }

    private void Throw(nint error, nint trap)
    {
        if (Interlocked.Exchange(ref _thrown, null) is { } thrown)
        {
            if (error != 0)
                _library.ErrorDelete(error);
            if (trap != 0)
                _library.TrapDelete(trap);
            thrown.Throw();
        }

        if (error != 0)
            throw new WasmTrapException(WasmTrapKind.HostFailure, _library.TakeErrorMessage(error));
        byte code;
        bool known = _library.TrapCode(trap, &code) != 0;
        WasmTrapException exception = known
            ? TrapCodes.ToException(code, _library.OutOfFuelCode, () => _library.ReadTrapMessage(trap))
            : new WasmTrapException(WasmTrapKind.HostFailure, _library.ReadTrapMessage(trap));
        _library.TrapDelete(trap);
        throw exception;
    }

    private void Check(nint error)
    {
        if (error != 0)
            throw new InvalidOperationException(_library.TakeErrorMessage(error));
    }

    private void Free()
    {
        nint store = Interlocked.Exchange(ref _store, 0);
        _memoryIsCurrent = false;
        _memoryStart = null;
        _memoryLength = 0;
        if (store != 0)
            _library.StoreDelete(store);
    }

    /// <summary>What a call into the guest puts back when it ends.</summary>
    private ref struct Entry
    {
        /// <summary>The instance whose guest called the host that makes this call.</summary>
        public WasmtimeInstance? Outer;

        /// <summary>The stack for signals that this call has brought, or 0.</summary>
        public nint Stack;

        /// <summary>The one before.</summary>
        public SignalStack.StackDescription FormerStack;
    }

    /// <summary>An export that was looked up: its handle, the slots that a call needs, and what is to be translated.</summary>
    private readonly record struct ResolvedFunction(NativeFunction Function, int Slots, ReferencePositions? References);
}
