namespace PSSandbox.Wasm;

/// <summary>A value type, by its code in the binary format (WebAssembly 2.0, 5.3).</summary>
internal enum WasmValueType : byte
{
    /// <summary>32-bit integer.</summary>
    I32 = 0x7f,

    /// <summary>64-bit integer.</summary>
    I64 = 0x7e,

    /// <summary>32-bit float.</summary>
    F32 = 0x7d,

    /// <summary>64-bit float.</summary>
    F64 = 0x7c,

    /// <summary>128-bit vector.</summary>
    V128 = 0x7b,

    /// <summary>Reference to a function.</summary>
    FuncRef = 0x70,

    /// <summary>Reference to a host object.</summary>
    ExternRef = 0x6f,
}
