namespace PSSandbox.Wasm.Binary;

/// <summary>What follows an opcode in a function's body.</summary>
internal enum ImmediateKind : byte
{
    /// <summary>Not an instruction.</summary>
    Illegal,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>A block type.</summary>
    BlockType,

    /// <summary>A label index.</summary>
    Label,

    /// <summary>A vector of label indices and one more.</summary>
    LabelTable,

    /// <summary>A function index.</summary>
    Function,

    /// <summary>A type index and a table index.</summary>
    TypeAndTable,

    /// <summary>A local index.</summary>
    Local,

    /// <summary>A global index.</summary>
    Global,

    /// <summary>A table index.</summary>
    Table,

    /// <summary>Two table indices.</summary>
    TwoTables,

    /// <summary>An element segment index and a table index.</summary>
    ElementAndTable,

    /// <summary>An element segment index.</summary>
    Element,

    /// <summary>A data segment index and a memory index.</summary>
    DataAndMemory,

    /// <summary>A data segment index.</summary>
    Data,

    /// <summary>A memory index, 0.</summary>
    Memory,

    /// <summary>Two memory indices, 0.</summary>
    TwoMemories,

    /// <summary>Alignment and offset.</summary>
    MemoryArgument,

    /// <summary>Alignment, offset, and a lane.</summary>
    MemoryArgumentAndLane,

    /// <summary>A lane.</summary>
    Lane,

    /// <summary>Sixteen lanes.</summary>
    Shuffle,

    /// <summary>A signed 32-bit number.</summary>
    I32,

    /// <summary>A signed 64-bit number.</summary>
    I64,

    /// <summary>Four bytes.</summary>
    F32,

    /// <summary>Eight bytes.</summary>
    F64,

    /// <summary>Sixteen bytes.</summary>
    V128,

    /// <summary>A vector of value types.</summary>
    ValueTypes,

    /// <summary>A reference type.</summary>
    ReferenceType,
}
