namespace PSSandbox.FileSystem;

/// <summary><c>/proc/PID/fd</c>, and <c>/proc/PID/fdinfo</c>.</summary>
internal sealed class ProcDescriptors(ProcFileSystem fileSystem, ProcDirectory parent, string name, int process, Credentials owner, ulong inode, bool info)
    : ProcDirectory(fileSystem, parent, name, inode, info ? 0x16d : 0x140, owner)
{
    private readonly Credentials _owner = owner;

    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        child = null;
        if (FileSystem.Source.Find(process) is not { } view || !int.TryParse(name, out int descriptor) || descriptor < 0
            || name.Length > 1 && name[0] is '0' or '+')
            return Errno.ENOENT;
        OpenFile? file = view.OpenDescriptor(descriptor);
        if (file is null)
            return Errno.ENOENT;
        file.Release();
        ulong number = ProcFileSystem.Number(process, (info ? 0x80000 : 0x1000) + (descriptor & 0x7efff));
        child = info
            ? new ProcFile(FileSystem, number, 0x100, _owner, () => Info(view, descriptor), null)
            : new ProcLink(FileSystem, number, _owner, caller => Target(view, descriptor, caller), () => TargetNode(view, descriptor));
        return Errno.None;
    }

    /// <inheritdoc/>
    public override DirectoryEntry? Next(ref long position)
    {
        if (FileSystem.Source.Find(process) is not { } view)
            return null;
        foreach (int descriptor in view.Descriptors)
        {
            if (descriptor < position)
                continue;
            position = descriptor + 1L;
            return new DirectoryEntry(
                descriptor.ToString(),
                ProcFileSystem.Number(process, (info ? 0x80000 : 0x1000) + (descriptor & 0x7efff)),
                info ? FileType.Regular : FileType.SymbolicLink);
        }

        return null;
    }

    private static Node? TargetNode(IProcessView view, int descriptor)
    {
        OpenFile? file = view.OpenDescriptor(descriptor);
        if (file is null)
            return null;
        Node node = file.Node ?? new OpenFileNode(view, descriptor);
        file.Release();
        return node;
    }

    private static string? Info(IProcessView view, int descriptor)
    {
        OpenFile? file = view.OpenDescriptor(descriptor);
        if (file is null)
            return null;
        file.Seek(0, SeekOrigin.Current, out long position);
        string text = $"pos:\t{position}\nflags:\t0{Convert.ToString((int)file.Flags, 8)}\nmnt_id:\t1\n";
        file.Release();
        return text;
    }

    private string? Target(IProcessView view, int descriptor, IBlockingCaller? caller)
    {
        OpenFile? file = view.OpenDescriptor(descriptor);
        if (file is null)
            return null;
        try
        {
            if (file.Node is { } node)
            {
                string path = FileSystem.Files.PathOf(node, FileSystem.Source.Of(caller)?.Root ?? FileSystem.Files.Root);
                return path.Length > 0 ? path : node.Name.Length > 0 ? $"/{node.Name} (deleted)" : "(unreachable)";
            }

            if (file.Terminal is not null)
                return "/dev/tty";
            return file.GetStatus(out FileStatus status) == Errno.None && status.Type == FileType.Fifo
                ? $"pipe:[{status.Inode}]"
                : $"anon_inode:[{(status.Type == FileType.Socket ? "socket" : "stream")}]";
        }
        finally
        {
            file.Release();
        }
    }
}
