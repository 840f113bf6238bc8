namespace PSSandbox.FileSystem;

/// <summary>A directory of another file system that a memory file system lies over; it is read when it is first looked at.</summary>
internal sealed class ForeignDirectory : FrozenNode
{
    internal ForeignDirectory(Node lower) => Lower = lower;

    /// <summary>The directory itself.</summary>
    public Node Lower { get; }

    /// <inheritdoc/>
    public override FileType Type => FileType.Directory;
}
