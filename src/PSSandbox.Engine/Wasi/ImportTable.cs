using System.Collections.Frozen;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>All functions that modules may import, by import module and name.</summary>
internal static class ImportTable
{
    /// <summary>Name of the kernel's own import module.</summary>
    public const string SystemCallModule = "pssandbox";

    private static readonly FrozenDictionary<(string Module, string Name), ImportFunction> Functions = Build();

    /// <summary>The host function for an import; null if there is none of that name.</summary>
    /// <exception cref="WasmLinkException">There is one, of another type.</exception>
    public static HostFunction? Resolve(WasmImport import)
    {
        if (import.FunctionType is null || !Functions.TryGetValue((import.Module, import.Name), out ImportFunction? function))
            return null;
        if (!function.Fits(import.FunctionType))
            throw new WasmLinkException($"import {import.Module}.{import.Name} is declared with the wrong type");
        return function.Host;
    }

    private static FrozenDictionary<(string Module, string Name), ImportFunction> Build()
    {
        var all = new Dictionary<(string, string), ImportFunction>();
        foreach (ImportFunction function in Preview1.Functions.All)
            all.Add(("wasi_snapshot_preview1", function.Name), function);
        foreach (ImportFunction function in Snapshot0.Functions.All)
            all.Add(("wasi_unstable", function.Name), function);
        foreach (ImportFunction function in SystemCalls.Functions.All)
            all.Add((SystemCallModule, function.Name), function);
        return all.ToFrozenDictionary();
    }
}
