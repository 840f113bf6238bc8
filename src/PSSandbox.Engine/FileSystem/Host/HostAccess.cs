using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>
/// The calls to the host's file system that a mount needs. Each names one entry of one directory: never a path, and
/// never through a link. Where a link could be followed the call must refuse.
/// </summary>
internal abstract class HostAccess
{
    /// <summary>The best that this platform has.</summary>
    public static HostAccess Default { get; } = LinuxHostAccess.IsSupported ? new LinuxHostAccess() : new PortableHostAccess();

    /// <summary>Finds what is to be mounted, following the host's links: this path was given by the host.</summary>
    /// <param name="path">A host path, .NET text.</param>
    /// <param name="status">What is there.</param>
    public abstract Errno Find(string path, out HostStatus status);

    /// <summary>Opens the root directory of a mount for good.</summary>
    public abstract Errno OpenRoot(string path, out SafeHandle? handle);

    /// <summary>Opens a directory within another, to name its entries by.</summary>
    public abstract Errno OpenDirectory(SafeHandle parent, string name, out SafeHandle? handle, out HostStatus status);

    /// <summary>Status of an entry; of the directory itself for an empty name.</summary>
    public abstract Errno GetStatus(SafeHandle directory, string name, out HostStatus status);

    /// <summary>Opens a regular file; ENXIO for anything else, ELOOP for a link. Create makes it and fails if it exists.</summary>
    public abstract Errno OpenFile(SafeHandle directory, string name, OpenFlags flags, int mode, out SafeFileHandle? file, out HostStatus status);

    /// <summary>Status of an open file.</summary>
    public abstract Errno GetStatus(SafeFileHandle file, out HostStatus status);

    /// <summary>Lists a directory.</summary>
    public abstract Errno List(SafeHandle directory, out List<DirectoryEntry> entries);

    /// <summary>Makes a directory.</summary>
    public abstract Errno MakeDirectory(SafeHandle directory, string name, int mode);

    /// <summary>Makes a symbolic link.</summary>
    public abstract Errno MakeSymbolicLink(SafeHandle directory, string name, string target);

    /// <summary>Gives a symbolic link's target.</summary>
    public abstract Errno ReadLink(SafeHandle directory, string name, out string target);

    /// <summary>Makes a hard link.</summary>
    public abstract Errno Link(SafeHandle from, string name, SafeHandle to, string newName);

    /// <summary>Removes a name.</summary>
    public abstract Errno Remove(SafeHandle directory, string name, bool isDirectory);

    /// <summary>Renames.</summary>
    public abstract Errno Rename(SafeHandle from, string name, SafeHandle to, string newName);

    /// <summary>Sets permission bits of an entry, or of the directory itself for an empty name.</summary>
    public abstract Errno SetMode(SafeHandle directory, string name, in HostStatus expected, int mode);

    /// <summary>Sets times of an entry, or of the directory itself for an empty name; null keeps one.</summary>
    public abstract Errno SetTimes(SafeHandle directory, string name, long? accessTime, long? modificationTime);
}
