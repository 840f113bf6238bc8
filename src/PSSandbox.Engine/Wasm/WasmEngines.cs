using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Managed;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Wasm;

/// <summary>
/// Selects an engine by name. Engines are made once and shared by the whole process: they hold compiled modules and
/// pools of memory, and no state of any sandbox.
/// </summary>
internal static class WasmEngines
{
    /// <summary>The name that stands for the fastest engine that works here.</summary>
    public const string Auto = "auto";

    /// <summary>The engine without native code, which works everywhere.</summary>
    public const string Managed = "managed";

    /// <summary>The engine that runs modules as native code, where libwasmtime is found.</summary>
    public const string Wasmtime = "wasmtime";

    private static readonly Lazy<WasmEngineChoice> ManagedEngine = new(
        () => new WasmEngineChoice(new ManagedEngine(CompiledCodeCache.ForCurrentUser(), ShippedFolder()), "asked for"));

    private static readonly Lazy<(WasmEngineChoice? Choice, string? Reason)> WasmtimeEngine = new(LoadWasmtime);

    /// <summary>The names of the engines that work here, the fastest first.</summary>
    public static IReadOnlyList<string> Available =>
        WasmtimeEngine.Value.Choice is null ? [Managed] : [Wasmtime, Managed];

    /// <summary>Selects an engine.</summary>
    /// <param name="name"><c>auto</c>, <c>managed</c> or <c>wasmtime</c>, in any case.</param>
    /// <param name="choice">The engine and why it was taken.</param>
    /// <param name="reason">Why there is none.</param>
    /// <exception cref="ArgumentException">There is no engine of that name.</exception>
    public static bool TrySelect(string name, out WasmEngineChoice? choice, out string? reason)
    {
        reason = null;
        switch (name.ToLowerInvariant())
        {
            case Managed:
                choice = ManagedEngine.Value;
                return true;
            case Wasmtime:
                (choice, reason) = WasmtimeEngine.Value;
                return choice is not null;
            case Auto:
                (WasmEngineChoice? native, string? missing) = WasmtimeEngine.Value;
                choice = native ?? ManagedEngine.Value with { Explanation = $"Wasmtime is not here: {missing}" };
                return true;
            default:
                throw new ArgumentException($"There is no engine '{name}': the names are {Auto}, {Managed} and {Wasmtime}.", nameof(name));
        }
    }

    /// <summary>
    /// Translates a module for the managed engine of this very build, into <c>runtimes/&lt;rid&gt;/compiled</c> of a folder:
    /// the one of this assembly, when programs are built that bring the module along.
    /// </summary>
    /// <returns>The file.</returns>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public static string Precompile(ReadOnlyMemory<byte> binary, string folder)
    {
        using ManagedEngine engine = new();
        return engine.Precompile(binary, CompiledFolder(folder));
    }

    // Machine code is of one platform.
    private static string CompiledFolder(string folder) => Path.Combine(folder, "runtimes", WasmtimeLocator.RuntimeIdentifier, "compiled");

    private static string? ShippedFolder()
    {
        string location = typeof(WasmEngines).Assembly.Location;
        return location.Length == 0 ? null : CompiledFolder(Path.GetDirectoryName(location)!);
    }

    private static (WasmEngineChoice? Choice, string? Reason) LoadWasmtime()
    {
        WasmtimeOptions options = new() { Cache = CompiledCodeCache.ForCurrentUser() };
        return Wasm.Wasmtime.WasmtimeEngine.TryCreate(options, out WasmtimeEngine? engine, out string? reason)
            ? (new WasmEngineChoice(engine!, $"loaded from {engine!.Library.Path}"), null)
            : (null, reason);
    }
}
