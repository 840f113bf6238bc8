using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Backslash escapes in text: of <c>echo</c>, <c>printf</c>, <c>%b</c> and <c>$'…'</c>.</summary>
internal static class Escapes
{
    /// <summary>Which rules an escape follows.</summary>
    internal enum Style
    {
        /// <summary><c>$'…'</c> and <c>${v@E}</c>.</summary>
        AnsiC,

        /// <summary>The format of <c>printf</c>: octal <c>\ddd</c>, no <c>\c</c>.</summary>
        Format,

        /// <summary><c>%b</c> and <c>echo</c>: octal <c>\0ddd</c>, <c>\c</c> ends the output.</summary>
        Echo,

        /// <summary>The same of dash, which knows none in hexadecimal.</summary>
        DashEcho,
    }

    /// <summary>Decodes all escapes of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">The rules.</param>
    /// <param name="stopped">Whether a <c>\c</c> ended it.</param>
    /// <param name="host">The shell, whose process may be ended meanwhile.</param>
    public static string Decode(string text, Style style, out bool stopped, IExpansionHost? host = null)
    {
        stopped = false;
        int next = LargeText.IndexOf(text, "\\", host);
        if (next < 0)
            return text;
        StringBuilder result = new(Math.Min(text.Length, LargeText.Piece));
        LargeText.Append(result, text.AsSpan(0, next), host);
        int rounds = 0;
        for (int i = next; i < text.Length;)
        {
            if ((++rounds & 0xffff) == 0)
                PatternMatcher.CheckAttention(host);
            if (text[i] != '\\')
                result.Append(text[i++]);
            else if (!Append(result, text, ref i, style))
            {
                stopped = true;
                break;
            }
        }

        return LargeText.ToText(result, host);
    }

    /// <summary>Decodes the escape at a place, which is moved behind it; false for <c>\c</c> of <see cref="Style.Echo"/>.</summary>
    public static bool Append(StringBuilder result, string text, ref int i, Style style)
    {
        if (i + 1 >= text.Length)
        {
            result.Append('\\');
            i++;
            return true;
        }

        char c = text[i + 1];
        i += 2;
        switch (c)
        {
            case 'a': result.Append('\a'); break;
            case 'b': result.Append('\b'); break;
            case 'E' or 'x' or 'u' or 'U' when style == Style.DashEcho:
                result.Append('\\').Append(c);
                break;
            case 'e' or 'E': result.Append('\x1b'); break;
            case 'f': result.Append('\f'); break;
            case 'n': result.Append('\n'); break;
            case 'r': result.Append('\r'); break;
            case 't': result.Append('\t'); break;
            case 'v': result.Append('\v'); break;
            case '\\': result.Append('\\'); break;
            case 'c' when style >= Style.Echo:
                return false;
            case 'c' when style == Style.AnsiC && i < text.Length:
                result.Append((char)(text[i] == '?' ? 0x7f : text[i] & 0x1f));
                i++;
                break;
            case '\'' or '"' or '?' when style < Style.Echo:
                result.Append(c);
                break;
            case 'x':
                AppendHex(result, text, ref i, 2, byteValue: true, c);
                break;
            case 'u':
                AppendHex(result, text, ref i, 4, byteValue: false, c);
                break;
            case 'U':
                AppendHex(result, text, ref i, 8, byteValue: false, c);
                break;
            case >= '0' and <= '7':
                // \0ddd of echo and %b; otherwise \ddd, which bash's %b takes too.
                if (style < Style.Echo || c != '0')
                    i--;
                AppendOctal(result, text, ref i, 3);
                break;
            default:
                result.Append('\\').Append(c);
                break;
        }

        return true;
    }

    /// <summary>Appends a code point as UTF-8 bytes.</summary>
    public static void AppendCode(StringBuilder result, uint code)
    {
        if (code < 0x80)
        {
            result.Append((char)code);
        }
        else if (code < 0x800)
        {
            result.Append((char)(0xc0 | (code >> 6))).Append((char)(0x80 | (code & 0x3f)));
        }
        else if (code < 0x10000)
        {
            result.Append((char)(0xe0 | (code >> 12))).Append((char)(0x80 | ((code >> 6) & 0x3f))).Append((char)(0x80 | (code & 0x3f)));
        }
        else if (code < 0x200000)
        {
            result.Append((char)(0xf0 | (code >> 18))).Append((char)(0x80 | ((code >> 12) & 0x3f)))
                .Append((char)(0x80 | ((code >> 6) & 0x3f))).Append((char)(0x80 | (code & 0x3f)));
        }
    }

    private static void AppendOctal(StringBuilder result, string text, ref int i, int digits)
    {
        int value = 0;
        for (; digits > 0 && i < text.Length && text[i] is >= '0' and <= '7'; digits--, i++)
            value = (value * 8) + text[i] - '0';
        result.Append((char)(value & 0xff));
    }

    private static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private static void AppendHex(StringBuilder result, string text, ref int i, int digits, bool byteValue, char letter)
    {
        uint value = 0;
        int start = i;
        for (; digits > 0 && i < text.Length && char.IsAsciiHexDigit(text[i]); digits--, i++)
            value = (value * 16) + (uint)HexValue(text[i]);
        if (i == start)
            result.Append('\\').Append(letter);
        else if (byteValue)
            result.Append((char)(value & 0xff));
        else
            AppendCode(result, value);
    }
}
