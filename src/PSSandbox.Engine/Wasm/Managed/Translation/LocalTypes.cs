namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Maps value types to types of IL.</summary>
internal static class LocalTypes
{
    /// <summary>The type of a local that holds a value.</summary>
    public static LocalType ToLocalType(this WasmValueType type) => type switch
    {
        WasmValueType.I32 => LocalType.I32,
        WasmValueType.I64 => LocalType.I64,
        WasmValueType.F32 => LocalType.F32,
        WasmValueType.F64 => LocalType.F64,
        WasmValueType.V128 => LocalType.V128,
        _ => LocalType.Native,
    };
}
