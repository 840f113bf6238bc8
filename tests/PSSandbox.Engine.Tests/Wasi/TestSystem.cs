using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Userland;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;

namespace PSSandbox.Tests.Wasi;

/// <summary>A kernel over the real root image, the real loader and the managed engine, and short ways to use them.</summary>
internal sealed class TestSystem
{
    public TestSystem(KernelOptions? options = null)
    {
        var fileSystem = new MemoryFileSystem(new StorageAccount(1L << 30, 1 << 20), Root) { Devices = DeviceTable.Default };
        Files = new VirtualFileSystem(fileSystem.Root);
        Kernel = new Kernel(options ?? new KernelOptions(), Files, Loader);
        Kernel.Init.Environment = ["PATH=/usr/local/bin:/usr/bin:/bin:/sbin:/usr/sbin", "HOME=/root"];
    }

    public static IWasmEngine Engine { get; } = new ManagedEngine();

    public static NativeCommandTable Commands { get; } = NativeCommands.CreateTable();

    public static ProgramLoader Loader { get; } = new(Engine, Commands);

    private static Image Root { get; } = RootImage.Build(Commands, UserlandFiles.Load());

    public VirtualFileSystem Files { get; }

    public Kernel Kernel { get; }

    /// <summary>From the root, as the superuser.</summary>
    public PathContext Paths => Kernel.Init.Paths;

    /// <summary>A process that nothing runs yet, with standard input empty and output into pipes.</summary>
    public Process Fork()
    {
        Assert.Equal(Errno.None, Kernel.Fork(Kernel.Init, out Process? process));
        return process!;
    }

    public void Write(string path, string content, int mode = 0x1a4) => Write(path, ByteText.ToBytes(content), mode);

    public void Write(string path, byte[] content, int mode = 0x1a4)
    {
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate;
        Assert.Equal(Errno.None, Files.Open(Paths, path, Flags, mode, out OpenFile? file));
        ReadOnlySpan<byte> rest = content;
        while (rest.Length > 0)
        {
            Assert.Equal(Errno.None, file!.Write(rest, null, out int count));
            rest = rest[count..];
        }

        file!.Release();
    }

    public string Read(string path)
    {
        Assert.Equal(Errno.None, Files.Open(Paths, path, OpenFlags.ReadOnly, 0, out OpenFile? file));
        string text = ReadAll(file!);
        file!.Release();
        return text;
    }

    /// <summary>Runs a program to its end on this thread; input and output are files.</summary>
    public (int Status, string Output, string Error) Run(string[] arguments, string input = "", string directory = "/", string[]? environment = null)
    {
        Process process = Prepare(arguments, input, directory, environment, out Errno error);
        if (error != Errno.None)
            return (127, "", error.Message());
        process.RunInline();
        return (process.ExitStatus.ShellStatus, Read("/tmp/.out"), Read("/tmp/.err"));
    }

    public Process Prepare(string[] arguments, string input, string directory, string[]? environment, out Errno error)
    {
        Write("/tmp/.in", input);
        Write("/tmp/.out", "");
        Write("/tmp/.err", "");
        Process process = Fork();
        Open(process, 0, "/tmp/.in", OpenFlags.ReadOnly);
        Open(process, 1, "/tmp/.out", OpenFlags.WriteOnly | OpenFlags.Append);
        Open(process, 2, "/tmp/.err", OpenFlags.WriteOnly | OpenFlags.Append);
        Assert.Equal(Errno.None, Files.Resolve(Paths, directory, true, out Node? node));
        process.WorkingDirectory = node!;
        environment ??= Kernel.Init.Environment;
        error = Executable.Find(process, arguments[0], arguments, environment, Executable.SearchFlag, out Executable executable);
        if (error == Errno.None)
        {
            process.Arguments = executable.Arguments;
            process.Environment = environment;
            process.ExecutablePath = executable.Path;
            process.Program = executable.Program;
        }

        return process;
    }

    public void Open(Process process, int descriptor, string path, OpenFlags flags)
    {
        Assert.Equal(Errno.None, Files.Open(Paths, path, flags, 0x1a4, out OpenFile? file));
        Assert.Equal(Errno.None, process.Descriptors.Set(descriptor, file!));
    }

    public static string ReadAll(OpenFile file)
    {
        byte[] buffer = new byte[65536];
        var text = new System.Text.StringBuilder();
        while (file.Read(buffer, null, out int count) == Errno.None && count > 0)
            text.Append(ByteText.FromBytes(buffer.AsSpan(0, count)));
        return text.ToString();
    }
}
