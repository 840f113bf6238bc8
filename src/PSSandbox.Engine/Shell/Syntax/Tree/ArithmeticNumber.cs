namespace PSSandbox.Shell.Syntax;

/// <summary>A constant: decimal, octal <c>0…</c>, hexadecimal <c>0x…</c> or <c>base#digits</c>.</summary>
internal sealed class ArithmeticNumber(long value) : ArithmeticNode(ArithmeticKind.Number, 1)
{
    /// <summary>The value; too large a constant wraps.</summary>
    public long Value { get; } = value;
}
