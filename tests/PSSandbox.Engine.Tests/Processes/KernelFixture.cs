using System.Runtime.ExceptionServices;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

/// <summary>A kernel over an empty memory file system, and processes that run C# of a test.</summary>
internal sealed class KernelFixture
{
    public KernelFixture(KernelOptions? options = null)
    {
        var files = new VirtualFileSystem(new MemoryFileSystem(new StorageAccount()).Root);
        Kernel = new Kernel(options ?? new KernelOptions(), files, new NoLoader());
    }

    private Exception? _failure;

    public Kernel Kernel { get; }

    /// <summary>A process, child of init, that is not reaped at once: its parent is a process of its own.</summary>
    public Process Parent(Func<Process, int> body) => Child(Kernel.Init, body);

    public Process Child(Process parent, Func<Process, int> body)
    {
        Assert.Equal(Errno.None, Kernel.Fork(parent, out Process? child));
        child!.Program = new Body(this, body);
        return child;
    }

    /// <summary>Runs a body as a process on this thread and gives its status.</summary>
    public WaitStatus Run(Func<Process, int> body)
    {
        Process process = Parent(body);
        process.RunInline();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        return process.ExitStatus;
    }

    /// <summary>Keeps a failed assertion of any process, which the kernel would turn into that process's end.</summary>
    private sealed class Body(KernelFixture fixture, Func<Process, int> body) : IProgram
    {
        public int Run(Process process)
        {
            try
            {
                return body(process);
            }
            catch (Xunit.Sdk.XunitException failure)
            {
                fixture._failure ??= failure;
                throw;
            }
        }
    }

    private sealed class NoLoader : IProgramLoader
    {
        public Errno Load(Process process, Node file, string path, ref string[] arguments, out IProgram? program)
        {
            program = null;
            return Errno.ENOEXEC;
        }
    }
}
