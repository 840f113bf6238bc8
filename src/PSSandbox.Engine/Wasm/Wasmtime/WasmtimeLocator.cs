using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// Finds libwasmtime: an explicit path, else the file that the environment variable <c>PSSANDBOX_WASMTIME</c> names,
/// else <c>runtimes/&lt;rid&gt;/native</c> beside this assembly, else what the system's loader finds.
/// </summary>
internal static class WasmtimeLocator
{
    /// <summary>The environment variable that names a library.</summary>
    public const string EnvironmentVariable = "PSSANDBOX_WASMTIME";

    /// <summary>The library's file name on this operating system.</summary>
    public static string FileName =>
        OperatingSystem.IsWindows() ? "wasmtime.dll" : OperatingSystem.IsMacOS() ? "libwasmtime.dylib" : "libwasmtime.so";

    /// <summary>Loads the first library of the list. One that was named and does not load is an error; no other is tried then.</summary>
    /// <param name="explicitPath">The option, or null.</param>
    /// <param name="library">The library.</param>
    /// <param name="reason">On failure, where was looked and what was wrong.</param>
    public static bool TryLoad(string? explicitPath, out WasmtimeLibrary? library, out string? reason)
    {
        library = null;
        if (!Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            reason = "Wasmtime needs a 64-bit little-endian process";
            return false;
        }

        string? named = explicitPath ?? NonEmpty(Environment.GetEnvironmentVariable(EnvironmentVariable));
        if (named is not null)
            return WasmtimeLibrary.TryLoad(Path.GetFullPath(named), out library, out reason);
        List<string> tried = [];
        foreach (string candidate in Bundled())
        {
            if (!File.Exists(candidate))
                continue;
            if (WasmtimeLibrary.TryLoad(candidate, out library, out string? failure))
            {
                reason = null;
                return true;
            }

            tried.Add(failure!);
        }

        if (WasmtimeLibrary.TryLoad("wasmtime", out library, out reason))
            return true;
        tried.Add($"no {FileName} in {EnvironmentVariable}, in runtimes/{RuntimeIdentifier}/native beside the program, or among the system's libraries");
        reason = string.Join("; ", tried);
        return false;
    }

    /// <summary>The portable runtime identifier of this process, by which packages name their folders.</summary>
    public static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
                : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static IEnumerable<string> Bundled()
    {
        string native = Path.Combine("runtimes", RuntimeIdentifier, "native", FileName);
        if (ProgramFolder.Path is { } folder)
            yield return Path.Combine(folder, native);
        yield return Path.Combine(AppContext.BaseDirectory, native);
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
