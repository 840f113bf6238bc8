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
    /// <summary>The name that stands for the engine that <see cref="EnvironmentVariable"/> names, else the fastest that works here.</summary>
    public const string Auto = "auto";

    /// <summary>The environment variable that names the engine where nothing else does.</summary>
    public const string EnvironmentVariable = "PSSANDBOX_ENGINE";

    /// <summary>The engine without native code, which works everywhere.</summary>
    public const string Managed = "managed";

    /// <summary>The engine that runs modules as native code, where libwasmtime is found.</summary>
    public const string Wasmtime = "wasmtime";

    private static readonly Lazy<WasmEngineChoice> ManagedEngine = new(
        () => new WasmEngineChoice(new ManagedEngine(CompiledCodeCache.ForCurrentUser(), ShippedFolder()), "it works everywhere"));

    private static readonly Lazy<Attempt> WasmtimeEngine = new(LoadWasmtime);

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
        if (Named(name, Environment.GetEnvironmentVariable(EnvironmentVariable)) is { } named)
        {
            bool found = TrySelect(named, out choice, out reason);
            choice = choice is null ? null : choice with { Explanation = $"{EnvironmentVariable} names it; {choice.Explanation}" };
            return found;
        }

        reason = null;
        switch (name.ToLowerInvariant())
        {
            case Managed:
                choice = ManagedEngine.Value;
                return true;
            case Wasmtime:
                choice = WasmtimeEngine.Value.Choice;
                reason = WasmtimeEngine.Value.Reason;
                return choice is not null;
            case Auto:
                choice = WasmtimeEngine.Value.Choice
                    ?? ManagedEngine.Value with { Explanation = $"Wasmtime is not available: {WasmtimeEngine.Value.Reason}" };
                return true;
            default:
                throw new ArgumentException($"There is no engine '{name}': the names are {Auto}, {Managed} and {Wasmtime}.");
        }
    }

    /// <summary>
    /// Translates a module that is installed with this program for the managed engine of this very build, into <c>runtimes/&lt;rid&gt;/compiled</c> of a folder:
    /// the one of this assembly, when programs are built that bring the module along.
    /// </summary>
    /// <returns>The file.</returns>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public static string Precompile(ReadOnlyMemory<byte> binary, string folder)
    {
        using ManagedEngine engine = new();
        return engine.Precompile(binary, ContentHash.OfInstalled(binary.Span), CompiledFolder(folder));
    }

    /// <summary>The engine that the environment names; null where a name was given that is one, or the environment has none.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="environment">The environment variable's value.</param>
    internal static string? Named(string name, string? environment) =>
        string.Equals(name, Auto, StringComparison.OrdinalIgnoreCase) && environment is { Length: > 0 }
        && !string.Equals(environment, Auto, StringComparison.OrdinalIgnoreCase) ? environment : null;

    // Machine code is of one platform.
    private static string CompiledFolder(string folder) => Path.Combine(folder, "runtimes", WasmtimeLocator.RuntimeIdentifier, "compiled");

    private static string? ShippedFolder() => ProgramFolder.Path is { } folder ? CompiledFolder(folder) : null;

    private static Attempt LoadWasmtime()
    {
        WasmtimeOptions options = new() { Cache = CompiledCodeCache.ForCurrentUser() };
        return Wasm.Wasmtime.WasmtimeEngine.TryCreate(options, out WasmtimeEngine? engine, out string? reason)
            ? new Attempt(new WasmEngineChoice(engine!, $"loaded from {engine!.Library.Path}"), null)
            : new Attempt(null, reason);
    }

    /// <summary>An engine, or why there is none.</summary>
    private sealed record Attempt(WasmEngineChoice? Choice, string? Reason);
}
