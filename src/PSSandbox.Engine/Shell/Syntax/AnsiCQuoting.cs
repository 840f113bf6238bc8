using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>The escapes of <c>$'…'</c> (POSIX.1-2024, 2.2.4, and bash's further ones).</summary>
internal static class AnsiCQuoting
{
    /// <summary>The bytes that the text between the quotes stands for. A NUL ends them, as nothing can hold one.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        StringBuilder result = new(text.Length);
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i++];
            if (c != '\\' || i == text.Length)
            {
                result.Append(c);
                continue;
            }

            int before = result.Length;
            DecodeEscape(text, ref i, result);
            if (result.Length == before + 1 && result[before] == '\0')
            {
                result.Length = before;
                break;
            }
        }

        return result.ToString();
    }

    /// <summary>Writes text as <c>$'…'</c>.</summary>
    public static void Encode(string text, StringBuilder output)
    {
        output.Append("$'");
        foreach (char c in text)
        {
            string? escape = c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\x1b' => "\\E",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '\'' => "\\'",
                _ => null,
            };
            if (escape is not null)
            {
                output.Append(escape);
            }
            else if (c is < ' ' or >= '\x7f')
            {
                output.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            }
            else
            {
                output.Append(c);
            }
        }

        output.Append('\'');
    }

    private static void DecodeEscape(ReadOnlySpan<char> text, ref int i, StringBuilder result)
    {
        char c = text[i++];
        switch (c)
        {
            case 'a': result.Append('\a'); break;
            case 'b': result.Append('\b'); break;
            case 'e' or 'E': result.Append('\x1b'); break;
            case 'f': result.Append('\f'); break;
            case 'n': result.Append('\n'); break;
            case 'r': result.Append('\r'); break;
            case 't': result.Append('\t'); break;
            case 'v': result.Append('\v'); break;
            case '\\' or '\'' or '"' or '?': result.Append(c); break;
            case >= '0' and <= '7':
                i--;
                result.Append((char)(ReadNumber(text, ref i, 8, 3, out _) & 0xff));
                break;
            case 'x':
                AppendNumber(text, ref i, 2, "\\x", result, isCodePoint: false);
                break;
            case 'u':
                AppendNumber(text, ref i, 4, "\\u", result, isCodePoint: true);
                break;
            case 'U':
                AppendNumber(text, ref i, 8, "\\U", result, isCodePoint: true);
                break;
            case 'c' when i < text.Length:
                char control = text[i++];
                if (control == '\\' && i < text.Length && text[i] == '\\')
                {
                    i++;
                }

                result.Append(control == '?' ? '\x7f' : (char)(char.ToUpperInvariant(control) & 0x1f));
                break;
            default:
                result.Append('\\').Append(c);
                break;
        }
    }

    private static void AppendNumber(ReadOnlySpan<char> text, ref int i, int maxDigits, string prefix, StringBuilder result, bool isCodePoint)
    {
        uint value = ReadNumber(text, ref i, 16, maxDigits, out int digits);
        if (digits == 0)
        {
            result.Append(prefix);
        }
        else if (!isCodePoint || value < 0x80)
        {
            result.Append((char)(value & 0xff));
        }
        else
        {
            Rune rune = Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
            Span<byte> bytes = stackalloc byte[4];
            int count = rune.EncodeToUtf8(bytes);
            foreach (byte b in bytes[..count])
            {
                result.Append((char)b);
            }
        }
    }

    private static uint ReadNumber(ReadOnlySpan<char> text, ref int i, uint numberBase, int maxDigits, out int digits)
    {
        uint value = 0;
        digits = 0;
        while (digits < maxDigits && i < text.Length && char.IsAsciiHexDigit(text[i]))
        {
            uint digit = (uint)(char.IsAsciiDigit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
            if (digit >= numberBase)
            {
                break;
            }

            value = (value * numberBase) + digit;
            digits++;
            i++;
        }

        return value;
    }
}
