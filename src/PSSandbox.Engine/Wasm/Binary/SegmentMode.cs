namespace PSSandbox.Wasm.Binary;

/// <summary>What happens to a segment at instantiation.</summary>
internal enum SegmentMode : byte
{
    /// <summary>It is copied, then dropped.</summary>
    Active,

    /// <summary>It waits for <c>memory.init</c> or <c>table.init</c>.</summary>
    Passive,

    /// <summary>It only declares references; it is dropped.</summary>
    Declarative,
}
