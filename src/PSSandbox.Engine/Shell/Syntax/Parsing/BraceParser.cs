using System.Globalization;

namespace PSSandbox.Shell.Syntax;

/// <summary>Finds brace expansions in the parts of a word.</summary>
/// <remarks>
/// Works on the literal parts, so whatever is quoted or expanded can't be taken for a brace or a comma. One pass with a stack
/// of open braces; a brace that is never closed, or has neither a comma nor a sequence in it, is text.
/// </remarks>
internal static class BraceParser
{
    // Of open braces at once; more are text.
    private const int MaxDepth = 100;

    /// <summary>The parts with brace expansions in place of their text; the same array if there are none.</summary>
    public static WordPart[] Apply(WordPart[] parts)
    {
        bool anyClosed = false;
        foreach (WordPart part in parts)
        {
            anyClosed |= part is LiteralPart literal && literal.Text.Contains('}');
        }

        if (!anyClosed)
        {
            return parts;
        }

        Stack<BraceFrame> frames = new();
        BraceFrame current = new(default, isWordStart: true);
        bool found = false;
        foreach (WordPart part in parts)
        {
            if (part is not LiteralPart literal)
            {
                current.Add(part);
                continue;
            }

            Scan(literal, frames, ref current, ref found);
        }

        while (frames.TryPop(out BraceFrame? outer))
        {
            outer.AddUnclosed(current);
            current = outer;
        }

        return found ? current.ToParts() : parts;
    }

    /// <summary>Reads <c>first..last</c> or <c>first..last..step</c>; null if it is none.</summary>
    public static BraceSequence? TryParseSequence(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length is < 2 or > 3)
        {
            return null;
        }

        long step = 1;
        if (ends.Length == 3 && !TryParseNumber(ends[2], out step))
        {
            return null;
        }

        bool isLetters = ends[0].Length == 1 && ends[1].Length == 1 && char.IsAsciiLetter(ends[0][0]) && char.IsAsciiLetter(ends[1][0]);
        long first;
        long last;
        int width = 0;
        if (isLetters)
        {
            first = ends[0][0];
            last = ends[1][0];
        }
        else if (TryParseNumber(ends[0], out first) && TryParseNumber(ends[1], out last))
        {
            if (HasLeadingZero(ends[0]) || HasLeadingZero(ends[1]))
            {
                width = Math.Max(ends[0].Length, ends[1].Length);
            }
        }
        else
        {
            return null;
        }

        step = step is 0 or long.MinValue ? 1 : Math.Abs(step);
        return new BraceSequence(text, first, last, first <= last ? step : -step, width, isLetters);
    }

    private static void Scan(LiteralPart literal, Stack<BraceFrame> frames, ref BraceFrame current, ref bool found)
    {
        string text = literal.Text;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '{' && frames.Count < MaxDepth)
            {
                current.AddText(literal, start, i);
                frames.Push(current);
                current = new BraceFrame(literal.Position, current.IsAtWordStart);
                start = i + 1;
            }
            else if (c == ',' && frames.Count > 0)
            {
                current.AddText(literal, start, i);
                current.EndAlternative();
                start = i + 1;
            }
            else if (c == '}' && frames.Count > 0)
            {
                current.AddText(literal, start, i);
                BraceFrame closed = current;
                current = frames.Pop();
                found |= current.AddClosed(closed);
                start = i + 1;
            }
        }

        current.AddText(literal, start, text.Length);
    }

    private static bool TryParseNumber(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool HasLeadingZero(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0';
    }
}
