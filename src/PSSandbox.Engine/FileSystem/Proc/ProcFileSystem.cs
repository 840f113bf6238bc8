namespace PSSandbox.FileSystem;

/// <summary>
/// <c>/proc</c>: what runs, as files whose formats are Linux's (proc(5)), so that ps, top, free and scripts read them.
/// Everything is made as it is read, from the tables of the kernel; nothing comes from the host.
/// </summary>
internal sealed class ProcFileSystem
{
    private string? _bootId;

    /// <summary>Makes the file system of one sandbox.</summary>
    /// <param name="source">The kernel's tables.</param>
    /// <param name="files">The tree in which paths of links are named.</param>
    public ProcFileSystem(IProcessSource source, VirtualFileSystem files)
    {
        Source = source;
        Files = files;
        Root = new ProcRoot(this);
    }

    /// <summary>The description to mount it with.</summary>
    public static MountEntry Entry { get; } = new("proc", "/proc", "proc");

    /// <summary>Its root directory.</summary>
    public Node Root { get; }

    internal IProcessSource Source { get; }

    internal VirtualFileSystem Files { get; }

    /// <summary>Random number by which one start of the sandbox is known.</summary>
    internal string BootId => LazyInitializer.EnsureInitialized(ref _bootId, static () => Guid.NewGuid().ToString());

    internal static ulong Device => 5;

    /// <summary>The inode number of an entry of a process, or of one of no process (0).</summary>
    internal static ulong Number(int process, int entry) => ((ulong)process << 20) + (ulong)entry + 1;
}
