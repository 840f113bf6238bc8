namespace PSSandbox.Wasm;

/// <summary>Why a guest was stopped.</summary>
internal enum WasmTrapKind
{
    /// <summary><c>unreachable</c> was executed.</summary>
    Unreachable,

    /// <summary>Out of bounds memory access.</summary>
    MemoryOutOfBounds,

    /// <summary>Out of bounds table access, or undefined element.</summary>
    TableOutOfBounds,

    /// <summary>Call of a null table element.</summary>
    UninitializedElement,

    /// <summary>Indirect call with the wrong signature.</summary>
    IndirectCallTypeMismatch,

    /// <summary>Integer divide by zero.</summary>
    IntegerDivideByZero,

    /// <summary>Integer overflow.</summary>
    IntegerOverflow,

    /// <summary>Invalid conversion to integer.</summary>
    InvalidConversionToInteger,

    /// <summary>Call stack exhausted.</summary>
    StackOverflow,

    /// <summary>Stopped from outside.</summary>
    Interrupted,

    /// <summary>The fuel ran out.</summary>
    OutOfFuel,

    /// <summary>A host function failed.</summary>
    HostFailure,
}
