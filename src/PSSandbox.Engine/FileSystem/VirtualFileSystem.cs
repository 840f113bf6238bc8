namespace PSSandbox.FileSystem;

/// <summary>
/// A sandbox's one tree of names: the root file system with others mounted in it. Walks paths by POSIX 4.16
/// (pathname resolution), checks permissions and applies the operations of unistd.h to nodes.
/// </summary>
internal sealed partial class VirtualFileSystem
{
    /// <summary>Longest name of one component, in bytes.</summary>
    public const int MaxName = 255;

    /// <summary>Longest path, in bytes.</summary>
    public const int MaxPath = 4096;

    /// <summary>Most symbolic links followed in one resolution.</summary>
    public const int MaxLinks = 40;
}
