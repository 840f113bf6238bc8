namespace PSSandbox.Wasm.Binary;

/// <summary>Reads block types.</summary>
internal static class BlockTypes
{
    private static readonly WasmFunctionType Empty = new(WasmFunctionType.Nothing, WasmFunctionType.Nothing);
    private static readonly WasmFunctionType[] Single = MakeSingle();

    /// <summary>Reads the type of a block.</summary>
    public static WasmFunctionType Read(ref WasmReader reader, ModuleDefinition module)
    {
        long code = reader.ReadS33();
        if (code >= 0)
        {
            if (code >= module.Types.Count)
                reader.Fail($"unknown type {code}");
            return module.Types[(int)code];
        }

        byte type = (byte)(code & 0x7f);
        if (code < -64 || (type != 0x40 && !ValueTypes.IsValid(type)))
            reader.Fail("malformed block type");
        return type == 0x40 ? Empty : Single[type];
    }

    private static WasmFunctionType[] MakeSingle()
    {
        WasmFunctionType[] result = new WasmFunctionType[128];
        for (byte code = 0; code < 128; code++)
        {
            if (ValueTypes.IsValid(code))
                result[code] = new WasmFunctionType(WasmFunctionType.Nothing, [(WasmValueType)code]);
        }

        return result;
    }
}
