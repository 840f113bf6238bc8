using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>Changes a command's working directory.</summary>
internal static class WorkingDirectory
{
    private const int Search = 1;

    /// <summary>Changes it; false, having said why, if that cannot be.</summary>
    public static bool TryChange(CommandContext context, string path)
    {
        Errno error = context.Kernel.Files.Resolve(context.Process.Paths, path, true, out Node? node);
        if (error == Errno.None && !node!.IsDirectory)
            error = Errno.ENOTDIR;
        if (error == Errno.None)
            error = context.Kernel.Files.Access(context.Process.Paths, path, Search);
        if (error != Errno.None)
        {
            context.Error($"can't change directory to '{path}': {error.Message()}");
            return false;
        }

        context.Process.WorkingDirectory = node!;
        return true;
    }
}
