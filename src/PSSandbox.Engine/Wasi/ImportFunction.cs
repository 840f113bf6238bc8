using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>The body of a function that gives an error number, as all of WASI do.</summary>
/// <param name="process">Who calls.</param>
/// <param name="memory">The caller's memory; good until guest code runs again.</param>
/// <param name="arguments">The arguments.</param>
internal delegate Errno ErrnoCall(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments);

/// <summary>The body of a function that gives a value, or an error number negated.</summary>
/// <param name="process">Who calls.</param>
/// <param name="memory">The caller's memory; good until guest code runs again.</param>
/// <param name="arguments">The arguments.</param>
internal delegate int ValueCall(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments);

/// <summary>A function that modules import: its name, its type and what it does.</summary>
internal sealed class ImportFunction
{
    private readonly ErrnoCall? _errnoCall;
    private readonly ValueCall? _valueCall;
    private readonly bool _mayBlock;

    /// <summary>Makes a function that gives an error number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">A letter for each parameter: <c>i</c> for i32, <c>I</c> for i64.</param>
    /// <param name="body">What it does.</param>
    /// <param name="mayBlock">Whether it may wait for another process: a child that is not yet started then is.</param>
    /// <param name="returns">Whether it returns at all; if not, it has no result.</param>
    public ImportFunction(string name, string parameters, ErrnoCall body, bool mayBlock = false, bool returns = true)
        : this(name, parameters, mayBlock, returns) => _errnoCall = body;

    /// <summary>Makes a function that gives a value or an error number negated.</summary>
    /// <inheritdoc cref="ImportFunction(string, string, ErrnoCall, bool, bool)"/>
    public ImportFunction(string name, string parameters, ValueCall body, bool mayBlock = false)
        : this(name, parameters, mayBlock, true) => _valueCall = body;

    private ImportFunction(string name, string parameters, bool mayBlock, bool returns)
    {
        Name = name;
        _mayBlock = mayBlock;
        var types = new WasmValueType[parameters.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = parameters[i] == 'I' ? WasmValueType.I64 : WasmValueType.I32;
        Type = new WasmFunctionType(types, returns ? WasmFunctionType.Number : WasmFunctionType.Nothing);
        Host = Call;
    }

    /// <summary>Its name in its import module.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public WasmFunctionType Type { get; }

    /// <summary>The function as the engine calls it.</summary>
    public HostFunction Host { get; }

    /// <summary>Whether an import's type is this function's.</summary>
    public bool Fits(WasmFunctionType type) => type.Matches(Type);

    private void Call(IWasmInstance caller, Span<WasmValue> values)
    {
        var process = (WasiProcess)caller.State!;
        if (_mayBlock)
            process.StartPendingChild();
        int result = _errnoCall is not null
            ? (int)_errnoCall(process, new GuestMemory(caller.Memory), values)
            : _valueCall!(process, new GuestMemory(caller.Memory), values);
        if (process.Process.Attention)
            process.HandleSignals(caller);
        values[0].I32 = result;
    }
}
