namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>What a <see cref="Node"/> is.</summary>
internal enum NodeKind : byte
{
    /// <summary>A constant.</summary>
    Constant,

    /// <summary>A local or parameter of the function, read when the node is emitted.</summary>
    Local,

    /// <summary>A temporary that belongs to this node and is free once it was emitted.</summary>
    Temporary,

    /// <summary>A temporary that belongs to a block.</summary>
    Shared,

    /// <summary>A global, read when the node is emitted.</summary>
    Global,

    /// <summary>A pure operation of one to three operands.</summary>
    Operation,

    /// <summary>A load from an address that has been checked.</summary>
    Load,
}
