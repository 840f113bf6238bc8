namespace PSSandbox.Wasm;

/// <summary>What an import or export is (WebAssembly 2.0, 5.5.5).</summary>
internal enum WasmExternKind : byte
{
    /// <summary>A function.</summary>
    Function,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A linear memory.</summary>
    Memory,

    /// <summary>A global.</summary>
    Global,
}
