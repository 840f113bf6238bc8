using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Expansion;

/// <summary>How a value of IFS splits fields (POSIX.1-2024 XCU 2.6.5).</summary>
internal sealed class FieldSeparators
{
    private const string GlobCharacters = "*?[\\";
    private const string DefaultText = " \t\n";
    private readonly byte[] _classes = new byte[256];

    /// <summary>Those of several bytes; null for none.</summary>
    private readonly List<string>? _long;

    [SuppressMessage("Performance", "CA1870", Justification = "Made once for each value of IFS.")]
    private FieldSeparators(string? text, bool utf8)
    {
        Text = text;
        string set = text ?? DefaultText;
        for (int i = 0; i < set.Length;)
        {
            int length = Characters.LengthAt(set, i, utf8);
            if (length == 1)
                _classes[set[i] & 0xff] = (byte)(set[i] is ' ' or '\t' or '\n' ? 2 : 1);
            else
                (_long ??= []).Add(set.Substring(i, length));
            i += length;
        }

        First = text is null ? " " : text.Length == 0 ? "" : text[..Characters.LengthAt(text, 0, utf8)];
        Separating = SearchValues.Create(set);
        // Extended patterns begin with one of these and a parenthesis.
        Busy = SearchValues.Create(set + GlobCharacters + "(");
        SplitsNumbers = set.AsSpan().IndexOfAny("0123456789-") >= 0;
    }

    /// <summary>Of an IFS that is unset or as it is at first.</summary>
    public static FieldSeparators Default { get; } = new(null, utf8: false);

    /// <summary>The value of IFS; null if unset.</summary>
    public string? Text { get; }

    /// <summary>What joins the fields of <c>"$*"</c>.</summary>
    public string First { get; }

    /// <summary>Whether digits or the minus sign separate.</summary>
    public bool SplitsNumbers { get; }

    /// <summary>All separators, and the bytes of those that have several.</summary>
    public SearchValues<char> Separating { get; }

    /// <summary>Separators and the characters without which there is no pattern.</summary>
    public SearchValues<char> Busy { get; }

    /// <summary>That of a value.</summary>
    public static FieldSeparators For(string? text, bool utf8) => text is null ? Default : new FieldSeparators(text, utf8);

    /// <summary>The place of the next separator, and the number of its bytes; -1 if there is none.</summary>
    public int Find(ReadOnlySpan<char> text, out int length, IExpansionHost? host = null)
    {
        length = 1;
        int at = LargeText.IndexOfAny(text, Separating, host);
        while (_long is not null && at >= 0 && (length = LengthAt(text, at)) == 0)
        {
            int next = LargeText.IndexOfAny(text[(at + 1)..], Separating, host);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return at;
    }

    /// <summary>The number of bytes of the separator at a place; 0 if there is none.</summary>
    public int LengthAt(ReadOnlySpan<char> text, int place)
    {
        char c = text[place];
        if (c < 256 && _classes[c] != 0)
            return 1;
        if (_long is null)
            return 0;
        foreach (string separator in _long)
        {
            if (text[place..].StartsWith(separator, StringComparison.Ordinal))
                return separator.Length;
        }

        return 0;
    }

    /// <summary>Whether a character separates as white space does: any number of it counts as one.</summary>
    public bool IsWhiteSpace(char c) => c < 256 && _classes[c] == 2;
}
