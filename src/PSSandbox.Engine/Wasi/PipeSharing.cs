using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Wasi;

/// <summary>Tells whether a child could wait for a pipe that only its parent can serve.</summary>
internal static class PipeSharing
{
    /// <summary>
    /// Whether the child may need its parent to run: the parent holds a writing end that the child does not share (the reader
    /// sees no end of file while it is held), or the reading end of what the child writes to.
    /// </summary>
    public static bool MayDependOn(Process child, Process parent)
    {
        foreach (int descriptor in parent.Descriptors.Open())
        {
            OpenFile? file = parent.Descriptors[descriptor];
            if (file is null || !IsPipe(file, out ulong pipe) || Holds(child, file))
                continue;
            if (file.CanWrite || HoldsPipe(child, pipe))
                return true;
        }

        return false;
    }

    private static bool IsPipe(OpenFile file, out ulong inode)
    {
        inode = 0;
        if (file.Node is { Type: not FileType.Fifo } || file.GetStatus(out FileStatus status) != Errno.None || status.Type != FileType.Fifo)
            return false;
        inode = status.Inode;
        return true;
    }

    private static bool Holds(Process process, OpenFile file)
    {
        foreach (int descriptor in process.Descriptors.Open())
        {
            if (process.Descriptors[descriptor] == file)
                return true;
        }

        return false;
    }

    private static bool HoldsPipe(Process process, ulong inode)
    {
        foreach (int descriptor in process.Descriptors.Open())
        {
            if (process.Descriptors[descriptor] is { } file && IsPipe(file, out ulong pipe) && pipe == inode)
                return true;
        }

        return false;
    }
}
