namespace PSSandbox.Sandboxes;

/// <summary>How far a copy is.</summary>
/// <param name="Path">What is being copied: the path from the name that was asked for on.</param>
/// <param name="Items">Files, folders and links so far.</param>
/// <param name="Bytes">Bytes of files so far.</param>
public readonly record struct CopyProgress(string Path, long Items, long Bytes);
