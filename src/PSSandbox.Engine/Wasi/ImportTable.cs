using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>All functions that modules may import, by import module and name.</summary>
internal static class ImportTable
{
    /// <summary>Name of the kernel's own import module.</summary>
    public const string SystemCallModule = "pssandbox";

    private static readonly Dictionary<string, Dictionary<string, ImportFunction>> Modules = new(StringComparer.Ordinal)
    {
        ["wasi_snapshot_preview1"] = Index(Preview1.Functions.All),
        ["wasi_unstable"] = Index(Snapshot0.Functions.All),
        [SystemCallModule] = Index(SystemCalls.Functions.All),
    };

    /// <summary>The host function for an import; null if there is none of that name.</summary>
    /// <exception cref="WasmLinkException">There is one, of another type.</exception>
    public static HostFunction? Resolve(WasmImport import)
    {
        if (import.FunctionType is null
            || !Modules.TryGetValue(import.Module, out Dictionary<string, ImportFunction>? functions)
            || !functions.TryGetValue(import.Name, out ImportFunction? function))
        {
            return null;
        }

        if (!function.Fits(import.FunctionType))
            throw new WasmLinkException($"import {import.Module}.{import.Name} is declared with the wrong type");
        return function.Host;
    }

    private static Dictionary<string, ImportFunction> Index(ImportFunction[] functions)
    {
        var index = new Dictionary<string, ImportFunction>(functions.Length, StringComparer.Ordinal);
        foreach (ImportFunction function in functions)
            index.Add(function.Name, function);
        return index;
    }
}
