using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PSSandbox.FileSystem;
using PSSandbox.Sandboxes.Applets;
using PSSandbox.Userland;
using PSSandbox.Wasm;

namespace PSSandbox.Sandboxes;

/// <summary>What all sandboxes of this host process share: an engine, the commands, the base image.</summary>
public sealed class SandboxRuntime
{
    private static readonly ConcurrentDictionary<string, SandboxRuntime> Runtimes = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lock BuildLock = new();
    private static NativeCommandTable? _commands;
    private static UserlandFiles? _userland;
    private static Image? _image;

    private readonly string _explanation;

    private SandboxRuntime(WasmEngineChoice choice, NativeCommandTable commands, UserlandFiles userland, Image image)
    {
        IWasmEngine engine = choice.Engine;
        _explanation = choice.Explanation;
        Engine = engine;
        BaseImage = image;
        Loader = new ProgramLoader(engine, commands, userland);
    }

    /// <summary>Names of the engines that work here.</summary>
    public static IReadOnlyList<string> Engines => WasmEngines.Available;

    /// <summary>
    /// Raised as a program begins to be compiled, on the thread that does it: to show a person that something happens. Most
    /// end at once; show what lasts longer than a second, until <see cref="ModuleCompilation.Completed"/>.
    /// </summary>
    public static event Action<ModuleCompilation>? Compiling
    {
        add => ModuleCache.Shared.Compiling += value;
        remove => ModuleCache.Shared.Compiling -= value;
    }

    /// <summary>The language runtimes that are known, installed or not.</summary>
    /// <exception cref="SandboxException">RuntimeMissing.</exception>
    public static IReadOnlyList<SandboxLanguage> Languages
    {
        get
        {
            _ = For("auto");
            return [.. _userland!.Runtimes.All.Select(r => new SandboxLanguage(r.Name, r.Version, r.Title, [.. r.Commands.Select(c => c.Command)], r.IsInstalled))];
        }
    }

    internal IWasmEngine Engine { get; }

    internal Image BaseImage { get; }

    internal ProgramLoader Loader { get; }

    /// <summary>What is used here and why, as name and value, for people.</summary>
    /// <exception cref="SandboxException">RuntimeMissing.</exception>
    public static IReadOnlyList<(string Name, string Value)> Describe()
    {
        SandboxRuntime runtime = For("auto");
        return
        [
            ("engine", $"{runtime.Engine.Name} {runtime.Engine.Version} ({runtime._explanation})"),
            ("userland", "busybox.wasm"),
            ("languages", DescribeLanguages()),
        ];
    }

    private static string DescribeLanguages()
    {
        IReadOnlyList<SandboxLanguage> all = Languages;
        string installed = string.Join(", ", all.Where(l => l.IsInstalled).Select(l => $"{l} ({l.Commands[0]})"));
        string missing = string.Join(", ", all.Where(l => !l.IsInstalled).Select(l => l.Title));
        return missing.Length == 0 ? installed
            : $"{(installed.Length == 0 ? "none" : installed)}; not in {_userland!.Runtimes.Folder}, where PSSandbox-runtimes.zip or './build.sh runtimes' puts them: {missing}";
    }

    /// <summary>What sandboxes run on here.</summary>
    /// <exception cref="SandboxException">RuntimeMissing, InvalidOption for a name that no engine has.</exception>
    public static SandboxRuntimeInfo GetInfo(string engine = "auto")
    {
        ArgumentNullException.ThrowIfNull(engine);
        SandboxRuntime runtime = For(engine);
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine });
        return new SandboxRuntimeInfo
        {
            Engine = runtime.Engine.Name,
            EngineVersion = runtime.Engine.Version,
            EngineReason = runtime._explanation,
            AvailableEngines = Engines,
            UserlandPath = UserlandFiles.Folder ?? "",
            Languages = [.. Languages.Where(l => l.IsInstalled)],
            LanguagesPath = _userland!.Runtimes.Folder,
            CommandCount = sandbox.GetCommandNames().Count,
            Version = typeof(SandboxRuntime).Assembly.GetName().Version!,
            Framework = RuntimeInformation.FrameworkDescription,
            Platform = RuntimeInformation.RuntimeIdentifier,
        };
    }

    /// <summary>
    /// Loads what all sandboxes of an engine share, so that the first one finds it: for a thread that has nothing else to
    /// do meanwhile. What goes wrong is told by the first sandbox.
    /// </summary>
    public static void Warm(string engine)
    {
        try
        {
            For(engine);
        }
        catch (SandboxException)
        {
        }
    }

    /// <summary>
    /// Translates the userland's WebAssembly module ahead of time for the engine <c>managed</c> of this very build, which
    /// looks for it in <c>runtimes/&lt;rid&gt;/compiled</c> beside its assembly.
    /// </summary>
    /// <param name="module">The module's file on the host: <c>busybox.wasm</c> as it is installed.</param>
    /// <param name="folder">Where <c>runtimes</c> is or is to be.</param>
    /// <returns>The file: an assembly, which is of use only when it is compiled to machine code.</returns>
    /// <exception cref="SandboxException">InvalidOption for what is no valid module.</exception>
    public static string Precompile(string module, string folder)
    {
        try
        {
            return WasmEngines.Precompile(File.ReadAllBytes(module), folder);
        }
        catch (WasmFormatException e)
        {
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"{module}: {e.Message}", e);
        }
    }

    /// <summary>The runtime of an engine.</summary>
    /// <exception cref="SandboxException">RuntimeMissing, InvalidOption for a name that no engine has.</exception>
    internal static SandboxRuntime For(string engine) =>
        Runtimes.TryGetValue(engine, out SandboxRuntime? runtime) ? runtime : Create(engine);

    private static SandboxRuntime Create(string name)
    {
        lock (BuildLock)
        {
            if (Runtimes.TryGetValue(name, out SandboxRuntime? made))
                return made;
            WasmEngineChoice choice = Select(name);
            _commands ??= NativeCommands.CreateTable().AddShells().AddApplets();
            try
            {
                if (_image is null)
                {
                    _userland = UserlandFiles.Load();
                    _image = RootImage.Build(_commands, _userland);
                }
            }
            catch (FileNotFoundException e)
            {
                throw new SandboxException(SandboxErrorCode.RuntimeMissing, e.Message, e);
            }

            return Runtimes[name] = new SandboxRuntime(choice, _commands, _userland!, _image);
        }
    }

    private static WasmEngineChoice Select(string name)
    {
        try
        {
            return WasmEngines.TrySelect(name, out WasmEngineChoice? choice, out string? reason)
                ? choice!
                : throw new SandboxException(SandboxErrorCode.RuntimeMissing, $"The engine '{name}' is not available: {reason}.");
        }
        catch (ArgumentException e)
        {
            throw new SandboxException(SandboxErrorCode.InvalidOption, e.Message, e);
        }
    }
}
