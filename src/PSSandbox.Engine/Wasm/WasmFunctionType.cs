namespace PSSandbox.Wasm;

/// <summary>A function's signature.</summary>
internal sealed record WasmFunctionType(IReadOnlyList<WasmValueType> Parameters, IReadOnlyList<WasmValueType> Results)
{
    /// <summary>Whether another has the same types of parameters and results.</summary>
    public bool Matches(WasmFunctionType other) => Same(Parameters, other.Parameters) && Same(Results, other.Results);

    // No generic method of the core library: for a type of ours that would be compiled at each start.
    private static bool Same(IReadOnlyList<WasmValueType> left, IReadOnlyList<WasmValueType> right)
    {
        int count = left.Count;
        if (count != right.Count)
            return false;
        for (int i = 0; i < count; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }
}
