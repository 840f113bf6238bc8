namespace PSSandbox.FileSystem;

/// <summary>A link of /proc: a path made for who reads it, or another name of a node itself.</summary>
internal sealed class ProcLink(ProcFileSystem fileSystem, ulong inode, Credentials owner, Func<IBlockingCaller?, string?> target, Func<Node?>? node)
    : ProcNode(fileSystem, inode, 0x1ff, owner)
{
    /// <inheritdoc/>
    public override FileType Type => FileType.SymbolicLink;

    /// <inheritdoc/>
    public override Node? MagicTarget => node?.Invoke();

    /// <inheritdoc/>
    public override Errno ReadLink(out string text) => ReadLink(null, out text);

    /// <inheritdoc/>
    public override Errno ReadLink(IBlockingCaller? caller, out string text)
    {
        string? found = target(caller);
        text = found ?? "";
        return found is null ? Errno.ENOENT : Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        return Errno.ELOOP;
    }
}
