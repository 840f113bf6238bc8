namespace PSSandbox.FileSystem;

/// <summary>One name in a directory of an image.</summary>
internal readonly record struct FrozenEntry(string Name, FrozenNode Node);
