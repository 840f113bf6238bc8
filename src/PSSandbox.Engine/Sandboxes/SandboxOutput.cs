namespace PSSandbox.Sandboxes;

/// <summary>A piece of what a process wrote.</summary>
/// <param name="Stream">To which stream.</param>
/// <param name="Bytes">The bytes.</param>
public readonly record struct SandboxOutput(SandboxStream Stream, ReadOnlyMemory<byte> Bytes);
