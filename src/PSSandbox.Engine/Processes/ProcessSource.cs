using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>The kernel's tables as /proc shows them.</summary>
internal sealed class ProcessSource(Kernel kernel) : IProcessSource
{
    private const long UnlimitedMemory = 4L << 30;

    /// <inheritdoc/>
    public int[] Ids => Array.ConvertAll(kernel.Processes, p => p.Id);

    /// <inheritdoc/>
    public string HostName
    {
        get => kernel.HostName;
        set => kernel.HostName = value;
    }

    /// <inheritdoc/>
    public (string SystemName, string Release, string Version, string Machine) Identity =>
        (SystemIdentity.SystemName, SystemIdentity.Release, SystemIdentity.Version, SystemIdentity.Machine);

    /// <inheritdoc/>
    public SystemFigures Figures
    {
        get
        {
            Process[] all = kernel.Processes;
            return new SystemFigures
            {
                Uptime = kernel.Clock.Uptime,
                CpuTime = kernel.CpuTime,
                Processors = System.Environment.ProcessorCount,
                MemoryTotal = kernel.Memory.Limit == 0 ? UnlimitedMemory : kernel.Memory.Limit,
                MemoryUsed = kernel.Memory.Used,
                Running = all.Count(p => p.State is ProcessState.Running or ProcessState.New),
                Processes = all.Length,
                MaxProcessId = 4_194_304,
                LastProcessId = all.Length == 0 ? 0 : all[^1].Id,
            };
        }
    }

    /// <summary>Mounts /proc in the kernel's tree.</summary>
    public static Errno Mount(Kernel kernel)
    {
        var files = new ProcFileSystem(new ProcessSource(kernel), kernel.Files);
        var context = new PathContext(kernel.Files.Root, kernel.Files.Root, Credentials.Root);
        return kernel.Files.Mount(context, "/proc", files.Root, ProcFileSystem.Entry);
    }

    /// <inheritdoc/>
    public IProcessView? Find(int id) => kernel.Find(id) is { } process ? new ProcessView(process) : null;

    /// <inheritdoc/>
    public IProcessView? Of(IBlockingCaller? caller) => caller is Process process ? new ProcessView(process) : null;
}
