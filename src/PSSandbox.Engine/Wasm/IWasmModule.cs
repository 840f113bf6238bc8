namespace PSSandbox.Wasm;

/// <summary>A compiled module: immutable, shared by all processes that run it.</summary>
internal interface IWasmModule : IDisposable
{
    /// <summary>What the module needs, in the order of its import section.</summary>
    IReadOnlyList<WasmImport> Imports { get; }

    /// <summary>What the module offers, in the order of its export section.</summary>
    IReadOnlyList<WasmExport> Exports { get; }

    /// <summary>Sizes of the tables that are not imported.</summary>
    IReadOnlyList<WasmTableSize> Tables { get; }

    /// <summary>Binds the imports once, so that instantiation need not look them up again.</summary>
    /// <param name="resolve">Gives the host function for an import, or null where there is none.</param>
    /// <exception cref="WasmLinkException">An import is not resolved or is not a function of the right type.</exception>
    IWasmTemplate Link(Func<WasmImport, HostFunction?> resolve);
}
