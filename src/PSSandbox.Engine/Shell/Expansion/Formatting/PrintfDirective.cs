namespace PSSandbox.Shell.Expansion;

/// <summary>A piece of a printf format: literal text, or a conversion.</summary>
/// <param name="Text">Literal text, its escapes decoded; of <c>%(…)T</c> the format of the time.</param>
/// <param name="Conversion">The conversion's letter; NUL for literal text.</param>
/// <param name="Flags">The flags, of <c>-+ #0'</c>.</param>
/// <param name="Width">The width; -1 for none, -2 for <c>*</c>.</param>
/// <param name="Precision">The precision; -1 for none, -2 for <c>*</c>.</param>
internal sealed record PrintfDirective(string Text, char Conversion = '\0', string Flags = "", int Width = -1, int Precision = -1)
{
    /// <summary>A width or precision that is an argument.</summary>
    public const int FromArgument = -2;

    /// <summary>Whether a flag is set.</summary>
    public bool Has(char flag) => Flags.Contains(flag, StringComparison.Ordinal);
}
