namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// Where a signature has references to host objects. The library numbers those objects itself, so values in these
/// places are translated; all others pass as they are.
/// </summary>
internal sealed class ReferencePositions
{
    private ReferencePositions(int[] parameters, int[] results)
    {
        Parameters = parameters;
        Results = results;
    }

    /// <summary>Indices of the parameters that are <c>externref</c>.</summary>
    public int[] Parameters { get; }

    /// <summary>Indices of the results that are <c>externref</c>.</summary>
    public int[] Results { get; }

    /// <summary>Those of a signature, or null where it has none.</summary>
    public static ReferencePositions? Of(WasmFunctionType type)
    {
        int[] parameters = Find(type.Parameters);
        int[] results = Find(type.Results);
        return parameters.Length + results.Length == 0 ? null : new ReferencePositions(parameters, results);
    }

    private static int[] Find(WasmValueType[] types)
    {
        int count = 0;
        foreach (WasmValueType type in types)
            count += type == WasmValueType.ExternRef ? 1 : 0;
        if (count == 0)
            return [];
        int[] found = new int[count];
        for (int i = types.Length - 1; count > 0; i--)
        {
            if (types[i] == WasmValueType.ExternRef)
                found[--count] = i;
        }

        return found;
    }
}
