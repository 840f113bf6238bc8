namespace PSSandbox.FileSystem;

/// <summary>A regular file of an image.</summary>
internal sealed class FrozenFile : FrozenNode
{
    private object? _contentTag;

    internal FrozenFile(FileContent content) => Content = content;

    internal FrozenFile(MemoryFile file, FileContent content)
        : base(file) => Content = content;

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <summary>Its bytes, which nobody writes to.</summary>
    public FileContent Content { get; }

    /// <summary>What a layer above remembers of the content: once for all file systems over the image.</summary>
    public object? ContentTag
    {
        get => Volatile.Read(ref _contentTag);
        set => Volatile.Write(ref _contentTag, value);
    }
}
