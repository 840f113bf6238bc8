using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>A module made ready to be run as a program: compiled, its imports bound, its entry points known.</summary>
internal sealed class WasiModule
{
    // A program of a hundred megabytes has some fifty thousand.
    private const int MaxTableElements = 1_000_000;
    private const int ElementBytes = 8;

    private WasiModule(IWasmModule module, IWasmTemplate template, WasmExport start, WasmExport? signalHandler, bool usesSystemCalls)
    {
        TableElements = MaxTableElements / Math.Max(1, module.Tables.Count);
        foreach ((uint minimum, uint maximum) in module.Tables)
        {
            TablesFit &= minimum <= TableElements;
            TableBytes += ElementBytes * Math.Min(maximum, (long)TableElements);
        }

        Template = template;
        Start = start;
        SignalHandler = signalHandler;
        UsesSystemCalls = usesSystemCalls;
    }

    /// <summary>What instances are made from.</summary>
    public IWasmTemplate Template { get; }

    /// <summary>The entry point, <c>_start</c>.</summary>
    public WasmExport Start { get; }

    /// <summary>What is called for a caught signal, <c>__pssandbox_signal</c>.</summary>
    public WasmExport? SignalHandler { get; }

    /// <summary>Whether it knows this kernel: it then gets no preopened directories.</summary>
    public bool UsesSystemCalls { get; }

    /// <summary>The most elements of each of its tables: a million together.</summary>
    public int TableElements { get; }

    /// <summary>Whether no table begins with more.</summary>
    public bool TablesFit { get; } = true;

    /// <summary>Bytes that an instance's tables may take, which nobody asks for when they grow.</summary>
    public long TableBytes { get; }

    /// <summary>Compiles a program.</summary>
    /// <param name="engine">By which engine.</param>
    /// <param name="binary">The module.</param>
    /// <param name="hash">Its hash.</param>
    /// <exception cref="WasmFormatException">It is malformed or invalid.</exception>
    /// <exception cref="WasmLinkException">It imports something that is not here, or has no entry point.</exception>
    public static WasiModule Compile(IWasmEngine engine, ReadOnlyMemory<byte> binary, in ContentHash hash)
    {
        IWasmModule module = engine.Compile(binary, hash);
        try
        {
            bool usesSystemCalls = false;
            foreach (WasmImport import in module.Imports)
                usesSystemCalls |= import.Module == ImportTable.SystemCallModule;
            WasmExport start = Find(module, "_start", 0) ?? throw new WasmLinkException("no function _start of no parameters is exported");
            return new WasiModule(module, module.Link(ImportTable.Resolve), start, Find(module, "__pssandbox_signal", 1), usesSystemCalls);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>Makes what linking will need: for a thread that waits for a module to be compiled meanwhile.</summary>
    public static void Prepare() => ImportTable.Prepare();

    private static WasmExport? Find(IWasmModule module, string name, int parameters)
    {
        foreach (WasmExport export in module.Exports)
        {
            if (export.Name == name && export.FunctionType is { Results.Length: 0 } type && type.Parameters.Length == parameters)
                return parameters == 0 || type.Parameters[0] == WasmValueType.I32 ? export : null;
        }

        return null;
    }
}
