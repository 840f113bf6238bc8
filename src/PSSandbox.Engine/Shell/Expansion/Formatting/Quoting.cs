using System.Buffers;
using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Quotes values so that a shell reads them back: <c>printf %q</c>, <c>${v@Q}</c>, <c>set</c>, <c>declare -p</c>, <c>set -x</c>.</summary>
internal static class Quoting
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:@%");

    private static readonly SearchValues<char> s_backslashed = SearchValues.Create(" \t!\"#$&'()*,;<>?[\\]^`{|}~");

    /// <summary>In quotes whatever it is (<c>${v@Q}</c>): <c>'…'</c>, or <c>$'…'</c> where control characters need it.</summary>
    public static string Always(string value, IExpansionHost? host = null) =>
        NeedsAnsi(value, host) ? Ansi(value, host) : Single(value, host);

    /// <summary>As it is where it needs no quotes, else as <see cref="Always"/> (<c>set</c>, <c>trap</c>, <c>set -x</c>).</summary>
    public static string IfNeeded(string value, IExpansionHost? host = null)
    {
        if (value.Length == 0)
            return "''";
        return value[0] != '~' && IsPlain(value, host) ? value : Always(value, host);
    }

    /// <summary>A key of an associative array: as it is where it needs no quotes, else in double ones.</summary>
    public static string Key(string key, IExpansionHost? host = null) =>
        key is "" or "@" or "*" || IsSpecial(key, host) ? Double(key, host) : key;

    /// <summary>With backslashes (<c>printf %q</c>): <c>a\ b</c>, <c>''</c>, <c>$'\n'</c>.</summary>
    public static string Backslashes(string value, IExpansionHost? host = null)
    {
        if (value.Length == 0)
            return "''";
        if (NeedsAnsi(value, host))
            return Ansi(value, host);
        StringBuilder text = new();
        for (int i = 0; i < value.Length; i++)
        {
            if ((i & 0xffff) == 0xffff)
                Check(text, host);
            if (IsSpecialAt(value, i))
                text.Append('\\');
            text.Append(value[i]);
        }

        return LargeText.ToText(text, host);
    }

    /// <summary>In single quotes.</summary>
    public static string Single(string value, IExpansionHost? host = null)
    {
        if (value.Length <= LargeText.Piece)
            return "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        StringBuilder text = new("'");
        for (int at = 0; at < value.Length; at += LargeText.Piece)
        {
            text.Append(value.AsSpan(at, Math.Min(LargeText.Piece, value.Length - at)).ToString().Replace("'", "'\\''", StringComparison.Ordinal));
            Check(text, host);
        }

        return LargeText.ToText(text.Append('\''), host);
    }

    /// <summary>In double quotes, as <c>declare -p</c> and <c>export -p</c> write.</summary>
    public static string Double(string value, IExpansionHost? host = null)
    {
        if (NeedsAnsi(value, host))
            return Ansi(value, host);
        StringBuilder text = new(Math.Min(value.Length, LargeText.Piece) + 2);
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            if ((i & 0xffff) == 0xffff)
                Check(text, host);
            char c = value[i];
            if (c is '"' or '\\' or '$' or '`')
                text.Append('\\');
            text.Append(c);
        }

        return LargeText.ToText(text.Append('"'), host);
    }

    /// <summary>As <c>$'…'</c>.</summary>
    public static string Ansi(string value, IExpansionHost? host = null)
    {
        StringBuilder text = new("$'");
        int rounds = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if ((++rounds & 0xffff) == 0)
                Check(text, host);
            char c = value[i];
            switch (c)
            {
                case '\a': text.Append("\\a"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\v': text.Append("\\v"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case '\x1b': text.Append("\\E"); break;
                case '\\' or '\'': text.Append('\\').Append(c); break;
                case < ' ' or (char)0x7f:
                    AppendOctal(text, c);
                    break;
                case >= (char)0x80:
                    int length = Characters.LengthAt(value, i, utf8: true);
                    if (length == 1)
                        AppendOctal(text, c);
                    else
                        text.Append(value, i, length);
                    i += length - 1;
                    break;
                default: text.Append(c); break;
            }
        }

        return LargeText.ToText(text.Append('\''), host);
    }

    private static bool IsPlain(ReadOnlySpan<char> value, IExpansionHost? host)
    {
        for (; value.Length > LargeText.Piece; value = value[LargeText.Piece..])
        {
            if (value[..LargeText.Piece].IndexOfAnyExcept(s_plain) >= 0)
                return false;
            PatternMatcher.CheckAttention(host);
        }

        return value.IndexOfAnyExcept(s_plain) < 0;
    }

    private static bool IsSpecial(string value, IExpansionHost? host)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if ((i & 0xffff) == 0xffff)
                PatternMatcher.CheckAttention(host);
            if (value[i] != ',' && IsSpecialAt(value, i))
                return true;
        }

        return NeedsAnsi(value, host);
    }

    private static bool IsSpecialAt(string value, int i)
    {
        char c = value[i];
        return s_backslashed.Contains(c) && (c is not ('#' or '~') || i == 0 || (c == '~' && value[i - 1] is ':' or '='));
    }

    private static void AppendOctal(StringBuilder text, char c) =>
        text.Append('\\').Append((char)('0' + (c >> 6))).Append((char)('0' + ((c >> 3) & 7))).Append((char)('0' + (c & 7)));

    private static bool NeedsAnsi(string value, IExpansionHost? host = null)
    {
        int rounds = 0;
        for (int i = 0; i < value.Length; i++)
        {
            int next = value.AsSpan(i, Math.Min(LargeText.Piece, value.Length - i)).IndexOfAnyExceptInRange(' ', '~');
            if (next < 0 || (++rounds & 0xffff) == 0)
                PatternMatcher.CheckAttention(host);
            if (next < 0)
            {
                i += LargeText.Piece - 1;
                continue;
            }

            i += next;
            if (value[i] < (char)0x80)
                return true;
            int length = Characters.LengthAt(value, i, utf8: true);
            if (length == 1)
                return true;
            i += length - 1;
        }

        return false;
    }

    // Lets the process be ended or stopped, and refuses what is too long.
    private static void Check(StringBuilder text, IExpansionHost? host)
    {
        PatternMatcher.CheckAttention(host);
        if (host is not null && text.Length > host.MaxValueLength)
            throw new ShellMemoryException();
    }
}
