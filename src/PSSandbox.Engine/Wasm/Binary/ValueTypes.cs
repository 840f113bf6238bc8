namespace PSSandbox.Wasm.Binary;

/// <summary>Questions about value types.</summary>
internal static class ValueTypes
{
    /// <summary>Whether a byte is the code of a value type.</summary>
    public static bool IsValid(byte code) => code is >= (byte)WasmValueType.V128 and <= (byte)WasmValueType.I32
        or (byte)WasmValueType.FuncRef or (byte)WasmValueType.ExternRef;

    /// <summary>Whether a type is a reference type.</summary>
    public static bool IsReference(this WasmValueType type) => type is WasmValueType.FuncRef or WasmValueType.ExternRef;

    /// <summary>The type that a letter of a signature in <see cref="OpcodeTable"/> stands for.</summary>
    public static WasmValueType FromLetter(char letter) => letter switch
    {
        'i' => WasmValueType.I32,
        'l' => WasmValueType.I64,
        'f' => WasmValueType.F32,
        'd' => WasmValueType.F64,
        _ => WasmValueType.V128,
    };

    /// <summary>The name in the text format.</summary>
    public static string Name(this WasmValueType type) => type switch
    {
        WasmValueType.I32 => "i32",
        WasmValueType.I64 => "i64",
        WasmValueType.F32 => "f32",
        WasmValueType.F64 => "f64",
        WasmValueType.V128 => "v128",
        WasmValueType.FuncRef => "funcref",
        WasmValueType.ExternRef => "externref",
        _ => "any",
    };
}
