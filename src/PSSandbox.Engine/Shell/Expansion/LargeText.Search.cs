using System.Buffers;

namespace PSSandbox.Shell.Expansion;

// Searches and comparisons.
internal static partial class LargeText
{
    // How much of what is looked for is compared at every place: what comes behind it is compared in pieces.
    private const int Head = 64;

    /// <summary>Whether two values are the same.</summary>
    public static bool Equals(ReadOnlySpan<char> first, ReadOnlySpan<char> second, IExpansionHost? host)
    {
        if (first.Length != second.Length)
            return false;
        while (first.Length > Piece)
        {
            if (!first[..Piece].SequenceEqual(second[..Piece]))
                return false;
            first = first[Piece..];
            second = second[Piece..];
            PatternMatcher.CheckAttention(host);
        }

        return first.SequenceEqual(second);
    }

    /// <summary>Which of two values comes first in the order of bytes: below 0 for the first, 0 for the same.</summary>
    public static int Compare(ReadOnlySpan<char> first, ReadOnlySpan<char> second, IExpansionHost? host)
    {
        while (first.Length > Piece && second.Length > Piece)
        {
            int order = first[..Piece].SequenceCompareTo(second[..Piece]);
            if (order != 0)
                return order;
            first = first[Piece..];
            second = second[Piece..];
            PatternMatcher.CheckAttention(host);
        }

        return first[..Math.Min(first.Length, Piece + 1)].SequenceCompareTo(second[..Math.Min(second.Length, Piece + 1)]);
    }

    /// <summary>Whether a value begins with another.</summary>
    public static bool StartsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> start, IExpansionHost? host) =>
        text.Length >= start.Length && Equals(text[..start.Length], start, host);

    /// <summary>Whether a value ends with another.</summary>
    public static bool EndsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> end, IExpansionHost? host) =>
        text.Length >= end.Length && Equals(text[^end.Length..], end, host);

    /// <summary>The first place of one value in another; -1 if there is none.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> wanted, IExpansionHost? host)
    {
        if (text.Length <= Piece && wanted.Length <= Head)
            return text.IndexOf(wanted);
        ReadOnlySpan<char> head = wanted[..Math.Min(Head, wanted.Length)];
        for (int at = 0; text.Length - at >= wanted.Length;)
        {
            PatternMatcher.CheckAttention(host);
            ReadOnlySpan<char> window = text.Slice(at, Math.Min(text.Length - at, Piece + head.Length - 1));
            int found = window.IndexOf(head);
            if (found < 0)
            {
                at += window.Length - head.Length + 1;
                continue;
            }

            at += found;
            if (StartsWith(text[(at + head.Length)..], wanted[head.Length..], host))
                return at;
            at++;
        }

        return -1;
    }

    /// <summary>The last place of one value in another; -1 if there is none.</summary>
    public static int LastIndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> wanted, IExpansionHost? host)
    {
        if (text.Length <= Piece && wanted.Length <= Head)
            return text.LastIndexOf(wanted);
        ReadOnlySpan<char> head = wanted[..Math.Min(Head, wanted.Length)];

        // Places before this one are still to be looked at.
        for (int end = text.Length - wanted.Length + 1; end > 0;)
        {
            PatternMatcher.CheckAttention(host);
            int start = Math.Max(0, end - Piece);
            int found = text.Slice(start, end - start + head.Length - 1).LastIndexOf(head);
            if (found >= 0 && StartsWith(text[(start + found + head.Length)..], wanted[head.Length..], host))
                return start + found;
            end = found < 0 ? start : start + found;
        }

        return -1;
    }

    /// <summary>The first place of any of some characters; -1 if there is none.</summary>
    public static int IndexOfAny(ReadOnlySpan<char> text, SearchValues<char> wanted, IExpansionHost? host)
    {
        int at = 0;
        for (; text.Length - at > Piece; at += Piece)
        {
            int found = text.Slice(at, Piece).IndexOfAny(wanted);
            if (found >= 0)
                return at + found;
            PatternMatcher.CheckAttention(host);
        }

        int last = text[at..].IndexOfAny(wanted);
        return last < 0 ? -1 : at + last;
    }

    /// <summary>Whether all characters are ASCII.</summary>
    public static bool IsAscii(ReadOnlySpan<char> text, IExpansionHost? host)
    {
        for (; text.Length > Piece; text = text[Piece..])
        {
            if (!System.Text.Ascii.IsValid(text[..Piece]))
                return false;
            PatternMatcher.CheckAttention(host);
        }

        return System.Text.Ascii.IsValid(text);
    }

    /// <summary>A value without its NUL characters.</summary>
    public static string WithoutNulls(string text, IExpansionHost? host)
    {
        const string nul = "\0";
        int at = IndexOf(text, nul, host);
        if (at < 0)
            return text;
        System.Text.StringBuilder result = new();
        ReadOnlySpan<char> rest = text;
        for (int rounds = 1; at >= 0; at = IndexOf(rest, nul, host), rounds++)
        {
            Append(result, rest[..at], host);
            rest = rest[(at + 1)..];
            if ((rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(host);
        }

        Append(result, rest, host);
        return ToText(result, host);
    }
}
