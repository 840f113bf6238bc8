namespace PSSandbox.FileSystem;

/// <summary>A name in a directory of some tree.</summary>
/// <param name="Files">The tree.</param>
/// <param name="Directory">Whose start is the directory, and as whom it is used.</param>
/// <param name="Name">One component.</param>
internal readonly record struct TreePlace(VirtualFileSystem Files, PathContext Directory, string Name)
{
    /// <summary>Gives the node there; a link is not followed.</summary>
    public Errno Find(out Node? node) => Files.Resolve(Directory, Name, followLast: false, out node);

    /// <summary>A name in the directory that is there.</summary>
    public TreePlace In(Node directory, string name) => this with { Directory = Directory with { Start = directory }, Name = name };
}
