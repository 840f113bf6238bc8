using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>The libraries of the versions that are tested, from the folder <c>shared</c> beside the checkout.</summary>
internal static class WasmtimeLibraries
{
    private static readonly Dictionary<string, WasmtimeEngine> Engines = [];

    /// <summary>The library of a version, or a skipped test.</summary>
    public static string Path(string version)
    {
        string relative = System.IO.Path.Combine("wasmtime", version, WasmtimeLocator.RuntimeIdentifier, WasmtimeLocator.FileName);
        if (Environment.GetEnvironmentVariable("PSSANDBOX_SHARED") is { Length: > 0 } shared)
        {
            string path = System.IO.Path.Combine(shared, relative);
            if (File.Exists(path))
                return path;
        }
        else
        {
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                string path = System.IO.Path.Combine(folder.FullName, "shared", relative);
                if (File.Exists(path))
                    return path;
            }
        }

        Assert.Skip($"needs Wasmtime {version}: shared/{relative} beside the checkout, or PSSANDBOX_SHARED");
        return "";
    }

    /// <summary>One engine a version, shared by the tests.</summary>
    public static WasmtimeEngine Engine(string version)
    {
        string path = Path(version);
        lock (Engines)
        {
            if (!Engines.TryGetValue(version, out WasmtimeEngine? engine))
            {
                Assert.True(WasmtimeEngine.TryCreate(new WasmtimeOptions { LibraryPath = path }, out engine, out string? reason), reason);
                Engines.Add(version, engine!);
            }

            return engine!;
        }
    }
}
