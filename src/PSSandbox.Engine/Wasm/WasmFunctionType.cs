namespace PSSandbox.Wasm;

/// <summary>A function's signature. The arrays are never written to.</summary>
internal sealed record WasmFunctionType(WasmValueType[] Parameters, WasmValueType[] Results)
{
    /// <summary>No values.</summary>
#pragma warning disable CA1825 // The core library's empty array of a type of ours would be compiled at each start.
    public static readonly WasmValueType[] Nothing = new WasmValueType[0];
#pragma warning restore CA1825

    /// <summary>One number of 32 bits.</summary>
    public static readonly WasmValueType[] Number = [WasmValueType.I32];

    /// <summary>Whether another has the same types of parameters and results.</summary>
    public bool Matches(WasmFunctionType other) => Same(Parameters, other.Parameters) && Same(Results, other.Results);

    // No generic method of the core library: for a type of ours that would be compiled at each start.
    private static bool Same(WasmValueType[] left, WasmValueType[] right)
    {
        int count = left.Length;
        if (count != right.Length)
            return false;
        for (int i = 0; i < count; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }
}
