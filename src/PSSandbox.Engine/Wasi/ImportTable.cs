using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>All functions that modules may import, by import module and name.</summary>
internal static class ImportTable
{
    /// <summary>Name of the kernel's own import module.</summary>
    public const string SystemCallModule = "pssandbox";

    private static readonly Dictionary<string, ILookup<string, ImportFunction>> Modules = new(StringComparer.Ordinal)
    {
        ["wasi_snapshot_preview1"] = Index([.. Preview1.Functions.All, .. Preview1.WasmEdgeSockets.All]),
        ["wasi_unstable"] = Index(Snapshot0.Functions.All),
        [SystemCallModule] = Index(SystemCalls.Functions.All),
    };

    /// <summary>The host function for an import; null if there is none of that name.</summary>
    /// <exception cref="WasmLinkException">There is one, of another type.</exception>
    public static HostFunction? Resolve(WasmImport import)
    {
        if (import.FunctionType is null || !Modules.TryGetValue(import.Module, out ILookup<string, ImportFunction>? functions) || !functions.Contains(import.Name))
            return null;

        foreach (ImportFunction function in functions[import.Name])
        {
            if (function.Fits(import.FunctionType))
                return function.Host;
        }

        throw new WasmLinkException($"import {import.Module}.{import.Name} is declared with the wrong type");
    }

    private static ILookup<string, ImportFunction> Index(ImportFunction[] functions) =>
        functions.ToLookup(function => function.Name, StringComparer.Ordinal);
}
