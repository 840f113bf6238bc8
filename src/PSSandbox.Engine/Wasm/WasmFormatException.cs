namespace PSSandbox.Wasm;

/// <summary>A module that is malformed, invalid, or larger or deeper than is accepted.</summary>
internal sealed class WasmFormatException : Exception
{
    /// <summary>Makes the error for a place in the module.</summary>
    /// <param name="offset">Offset in the binary, in bytes.</param>
    /// <param name="reason">The reason, in the specification's words where it has some.</param>
    public WasmFormatException(long offset, string reason)
        : base($"{reason} (at offset 0x{offset:x})")
    {
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Offset in the binary, in bytes.</summary>
    public long Offset { get; }

    /// <summary>The reason alone.</summary>
    public string Reason { get; }
}
