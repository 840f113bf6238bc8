using PSSandbox.Wasm;

namespace PSSandbox.Wasi;

/// <summary>All functions that modules may import, by import module and name.</summary>
internal static class ImportTable
{
    /// <summary>Name of the kernel's own import module.</summary>
    public const string SystemCallModule = "pssandbox";

    /// <summary>The host function for an import; null if there is none of that name.</summary>
    /// <exception cref="WasmLinkException">There is one, of another type.</exception>
    public static HostFunction? Resolve(WasmImport import)
    {
        ImportFunction[]? functions = null;
        if (import.FunctionType is null || !Names(import.Module).TryGetValue(import.Name, out functions))
            return null;
        foreach (ImportFunction function in functions)
        {
            if (function.Fits(import.FunctionType))
                return function.Host;
        }

        throw new WasmLinkException($"import {import.Module}.{import.Name} is declared with the wrong type");
    }

    /// <summary>Makes the functions that most programs import; without it, the first that does makes them.</summary>
    public static void Prepare()
    {
        _ = OfPreview1.Names;
        _ = OfKernel.Names;
    }

    private static Dictionary<string, ImportFunction[]> Names(string module) => module switch
    {
        "wasi_snapshot_preview1" => OfPreview1.Names,
        "wasi_unstable" => OfSnapshot0.Names,
        SystemCallModule => OfKernel.Names,
        _ => [],
    };

    private static Dictionary<string, ImportFunction[]> Index(ImportFunction[] functions)
    {
        var names = new Dictionary<string, ImportFunction[]>(functions.Length, StringComparer.Ordinal);
        foreach (ImportFunction function in functions)
            names[function.Name] = names.TryGetValue(function.Name, out ImportFunction[]? others) ? [.. others, function] : [function];
        return names;
    }

    // Each is made when a module first imports of it.
    private static class OfPreview1
    {
        public static readonly Dictionary<string, ImportFunction[]> Names = Index([.. Preview1.Functions.All, .. Preview1.WasmEdgeSockets.All]);
    }

    private static class OfSnapshot0
    {
        public static readonly Dictionary<string, ImportFunction[]> Names = Index(Snapshot0.Functions.All);
    }

    private static class OfKernel
    {
        public static readonly Dictionary<string, ImportFunction[]> Names = Index(SystemCalls.Functions.All);
    }
}
