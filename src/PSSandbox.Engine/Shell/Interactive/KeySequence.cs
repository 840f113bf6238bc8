using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>Sequences of keys as readline writes them (bash manual 8.3.1).</summary>
internal static class KeySequence
{
    /// <summary>The bytes that a key sends; empty for what is none.</summary>
    public static string Of(Key key)
    {
        string plain = key.Kind switch
        {
            KeyKind.Character => EditText.ToBytes([key.Code]),
            KeyKind.Control => ((char)key.Code).ToString(),
            KeyKind.Backspace => "\x7f",
            KeyKind.Up => Cursor('A'),
            KeyKind.Down => Cursor('B'),
            KeyKind.Right => Cursor('C'),
            KeyKind.Left => Cursor('D'),
            KeyKind.Home => Cursor('H'),
            KeyKind.End => Cursor('F'),
            KeyKind.Delete => "\x1b[3~",
            KeyKind.PageUp => "\x1b[5~",
            KeyKind.PageDown => "\x1b[6~",
            _ => "",
        };
        return key.Alt && plain.Length > 0 && plain[0] != '\x1b' ? "\x1b" + plain : plain;

        string Cursor(char final) => key.Ctrl ? $"\x1b[1;5{final}" : $"\x1b[{final}";
    }

    /// <summary>One form for keys that terminals send in two.</summary>
    public static string Normalize(string sequence) =>
        sequence is ['\x1b', 'O', _] ? $"\x1b[{sequence[2]}" : sequence switch
        {
            "\x1b[1~" => "\x1b[H",
            "\x1b[4~" => "\x1b[F",
            "\b" => "\x7f",
            _ => sequence,
        };

    /// <summary>Reads what stands between double quotes: <c>\C-a</c>, <c>\M-x</c>, <c>\e</c>, octal and hexadecimal numbers.</summary>
    public static string Parse(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length;)
            result.Append(ParseKey(text, ref i));
        return result.ToString();
    }

    /// <summary>Reads the name of a key without quotes, such as <c>Control-u</c>, <c>Meta-Rubout</c>, <c>TAB</c>.</summary>
    public static string ParseName(string text)
    {
        bool control = false;
        bool meta = false;
        while (true)
        {
            int dash = text.IndexOf('-');
            if (dash <= 0 || dash == text.Length - 1)
                break;
            string modifier = text[..dash];
            if (modifier.Equals("Control", StringComparison.OrdinalIgnoreCase) || modifier.Equals("C", StringComparison.OrdinalIgnoreCase) || modifier.Equals("Ctrl", StringComparison.OrdinalIgnoreCase))
                control = true;
            else if (modifier.Equals("Meta", StringComparison.OrdinalIgnoreCase) || modifier.Equals("M", StringComparison.OrdinalIgnoreCase))
                meta = true;
            else
                break;
            text = text[(dash + 1)..];
        }

        char key = text.ToUpperInvariant() switch
        {
            "DEL" or "RUBOUT" => '\x7f',
            "ESC" or "ESCAPE" => '\x1b',
            "LFD" or "NEWLINE" => '\n',
            "RET" or "RETURN" => '\r',
            "SPC" or "SPACE" => ' ',
            "TAB" => '\t',
            _ => text.Length > 0 ? text[0] : '\0',
        };
        return (meta ? "\x1b" : "") + (control ? ControlOf(key) : key);
    }

    /// <summary>Writes a sequence as it is read.</summary>
    public static string Format(string sequence)
    {
        var text = new StringBuilder();
        foreach (char c in sequence)
        {
            if (c == '\x1b')
                text.Append("\\e");
            else if (c == '\x7f')
                text.Append("\\C-?");
            else if (c < ' ')
                text.Append("\\C-").Append(char.ToLowerInvariant((char)(c | 0x40)));
            else if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else
                text.Append(c);
        }

        return text.ToString();
    }

    private static string ParseKey(string text, ref int i)
    {
        char c = text[i++];
        if (c != '\\' || i >= text.Length)
            return c.ToString();
        c = text[i++];
        switch (c)
        {
            case 'C' when i + 1 < text.Length && text[i] == '-':
                i++;
                string key = ParseKey(text, ref i);
                return key[..^1] + ControlOf(key[^1]);
            case 'M' when i + 1 < text.Length && text[i] == '-':
                i++;
                return "\x1b" + ParseKey(text, ref i);
            case >= '0' and <= '7':
                return ParseNumber(text, ref i, i - 1, 3, 8);
            case 'x':
                return ParseNumber(text, ref i, i, 2, 16);
            default:
                return (c switch { 'a' => '\a', 'b' => '\b', 'd' => '\x7f', 'e' => '\x1b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c }).ToString();
        }
    }

    private static string ParseNumber(string text, ref int i, int start, int digits, int radix)
    {
        int value = 0;
        i = start;
        while (i < text.Length && i - start < digits && char.IsAsciiHexDigit(text[i]) && Convert.ToInt32(text[i].ToString(), 16) is int digit && digit < radix)
        {
            value = (value * radix) + digit;
            i++;
        }

        return ((char)(value & 0xff)).ToString();
    }

    private static char ControlOf(char c) => c == '?' ? '\x7f' : (char)(char.ToUpperInvariant(c) & 0x1f);
}
