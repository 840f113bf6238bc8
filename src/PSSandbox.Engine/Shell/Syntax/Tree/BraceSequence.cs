using System.Globalization;

namespace PSSandbox.Shell.Syntax;

/// <summary><c>{first..last[..step]}</c> of integers or of single letters.</summary>
/// <param name="source">The text between the braces, as written.</param>
/// <param name="first">The first value: a number, or a letter's code.</param>
/// <param name="last">The end: the sequence never goes beyond it.</param>
/// <param name="step">The step: positive upwards, negative downwards, never 0.</param>
/// <param name="width">The least number of characters including a sign, reached with zeros; 0 when no end has a leading zero.</param>
/// <param name="isLetters">Whether the values are characters.</param>
internal sealed class BraceSequence(string source, long first, long last, long step, int width, bool isLetters)
{
    /// <summary>The text between the braces, as written.</summary>
    public string Source { get; } = source;

    /// <summary>The first value.</summary>
    public long First { get; } = first;

    /// <summary>What is added to get the next value.</summary>
    public long Step { get; } = step;

    /// <summary>How many values there are.</summary>
    public long Count =>
        (long)UInt128.Min((UInt128)((Step > 0 ? (Int128)last - First : (Int128)First - last) / Int128.Abs(Step)) + 1, (UInt128)long.MaxValue);

    /// <summary>Whether no value follows this one.</summary>
    public bool IsLast(long value) => Step > 0 ? (ulong)(last - value) < (ulong)Step : (ulong)(value - last) < (ulong)-Step;

    /// <summary>A value as text.</summary>
    public string Format(long value)
    {
        if (isLetters)
        {
            return ((char)value).ToString();
        }

        string text = value.ToString(CultureInfo.InvariantCulture);
        if (text.Length >= width)
        {
            return text;
        }

        return value < 0 ? "-" + text[1..].PadLeft(width - 1, '0') : text.PadLeft(width, '0');
    }
}
