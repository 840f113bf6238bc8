namespace PSSandbox.FileSystem;

/// <summary>A regular file of another file system that a memory file system lies over; it is read there until it is written to.</summary>
internal sealed class ForeignFile : FrozenNode
{
    internal ForeignFile(Node lower) => Lower = lower;

    /// <summary>The file itself.</summary>
    public Node Lower { get; }

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;
}
