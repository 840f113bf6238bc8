using System.Collections.Concurrent;
using PSSandbox.FileSystem;
using PSSandbox.Userland;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Managed;

namespace PSSandbox.Sandboxes;

/// <summary>What all sandboxes of this host process share: an engine, the commands, the base image.</summary>
public sealed class SandboxRuntime
{
    private static readonly ConcurrentDictionary<string, SandboxRuntime> Runtimes = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lock BuildLock = new();
    private static NativeCommandTable? _commands;
    private static Image? _image;

    private SandboxRuntime(IWasmEngine engine, NativeCommandTable commands, Image image)
    {
        Engine = engine;
        BaseImage = image;
        Loader = new ProgramLoader(engine, commands);
    }

    /// <summary>Names of the engines that work here.</summary>
    public static IReadOnlyList<string> Engines => ["managed"];

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
            ("engine", $"{runtime.Engine.Name} {runtime.Engine.Version}"),
            ("userland", "busybox.wasm"),
        ];
    }

    /// <summary>The runtime of an engine.</summary>
    /// <exception cref="SandboxException">RuntimeMissing, InvalidOption for a name that no engine has.</exception>
    internal static SandboxRuntime For(string engine) =>
        Runtimes.TryGetValue(engine, out SandboxRuntime? runtime) ? runtime : Create(engine);

    internal VirtualFileSystem CreateFiles(StorageAccount account)
    {
        var root = new MemoryFileSystem(account, BaseImage, "overlay") { Devices = DeviceTable.Default };
        return new VirtualFileSystem(root.Root);
    }

    private static SandboxRuntime Create(string name)
    {
        lock (BuildLock)
        {
            if (Runtimes.TryGetValue(name, out SandboxRuntime? made))
                return made;
            if (!name.Equals("auto", StringComparison.OrdinalIgnoreCase) && !name.Equals("managed", StringComparison.OrdinalIgnoreCase))
                throw new SandboxException(SandboxErrorCode.InvalidOption, $"There is no engine '{name}': the names are auto, managed and wasmtime.");
            _commands ??= NativeCommands.CreateTable().AddShells();
            try
            {
                _image ??= RootImage.Build(_commands, UserlandFiles.Load());
            }
            catch (FileNotFoundException e)
            {
                throw new SandboxException(SandboxErrorCode.RuntimeMissing, e.Message, e);
            }

            return Runtimes[name] = new SandboxRuntime(new ManagedEngine(CompiledCodeCache.ForCurrentUser()), _commands, _image);
        }
    }

}
