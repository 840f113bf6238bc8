using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Expansion;

/// <summary>How a value of IFS splits fields (POSIX.1-2024 XCU 2.6.5).</summary>
internal sealed class FieldSeparators
{
    private const string GlobCharacters = "*?[\\";
    private const string DefaultText = " \t\n";
    private readonly byte[] _classes = new byte[256];

    [SuppressMessage("Performance", "CA1870", Justification = "Made once for each value of IFS.")]
    private FieldSeparators(string? text)
    {
        Text = text;
        string set = text ?? DefaultText;
        foreach (char c in set)
            _classes[c & 0xff] = (byte)(c is ' ' or '\t' or '\n' ? 2 : 1);
        First = text is null ? " " : text.Length == 0 ? "" : text[..1];
        Separating = SearchValues.Create(set);
        // Extended patterns begin with one of these and a parenthesis.
        Busy = SearchValues.Create(set + GlobCharacters + "(");
        SplitsNumbers = set.AsSpan().IndexOfAny("0123456789-") >= 0;
    }

    /// <summary>Of an IFS that is unset or as it is at first.</summary>
    public static FieldSeparators Default { get; } = new(null);

    /// <summary>The value of IFS; null if unset.</summary>
    public string? Text { get; }

    /// <summary>What joins the fields of <c>"$*"</c>.</summary>
    public string First { get; }

    /// <summary>Whether digits or the minus sign separate.</summary>
    public bool SplitsNumbers { get; }

    /// <summary>All separators.</summary>
    public SearchValues<char> Separating { get; }

    /// <summary>Separators and the characters without which there is no pattern.</summary>
    public SearchValues<char> Busy { get; }

    /// <summary>That of a value.</summary>
    public static FieldSeparators For(string? text) => text is null ? Default : new FieldSeparators(text);

    /// <summary>Whether a character separates.</summary>
    public bool IsSeparator(char c) => c < 256 && _classes[c] != 0;

    /// <summary>Whether a character separates as white space does: any number of it counts as one.</summary>
    public bool IsWhiteSpace(char c) => c < 256 && _classes[c] == 2;
}
