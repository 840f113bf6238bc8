using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Expansion;

/// <summary>What one evaluation works on: the text, and the values of the expansions in it.</summary>
internal readonly ref struct ArithmeticFrame
{
    /// <summary>The text, with markers where expansions stand.</summary>
    public required string Text { get; init; }

    /// <summary>The values of the expansions as numbers.</summary>
    public ReadOnlySpan<long> Numbers { get; init; }

    /// <summary>The values of the expansions as text; null if there are none.</summary>
    public string[]? Values { get; init; }

    /// <summary>A part of the text from a place to its end, with the values put in.</summary>
    public string From(int offset) => Fill(Text.AsSpan(Math.Clamp(offset, 0, Text.Length)));

    /// <summary>A piece of the text with the values put in.</summary>
    public string Fill(ReadOnlySpan<char> piece)
    {
        if (Values is null)
            return piece.ToString();
        System.Text.StringBuilder text = new();
        foreach (char c in piece)
        {
            if (c >= ArithmeticExpression.FirstMarker)
                text.Append(Values[c - ArithmeticExpression.FirstMarker]);
            else
                text.Append(c);
        }

        return text.ToString();
    }
}
