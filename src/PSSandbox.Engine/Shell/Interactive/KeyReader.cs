using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>Makes keys of the bytes that terminals send for them: UTF-8, control characters, the sequences of xterm and its kin.</summary>
internal sealed class KeyReader(IEditorTerminal terminal)
{
    private const int Escape = 0x1b;
    private const int MaxSequence = 32;
    private const string PasteEnd = "\x1b[201~";

    /// <summary>Waits for a key.</summary>
    public Key Read()
    {
        int first = terminal.ReadByte();
        bool alt = false;
        while (first == Escape)
        {
            first = terminal.ReadByte();
            if (first is '[' or 'O')
            {
                Key key = first == '[' ? ReadSequence() : FromFinal(terminal.ReadByte(), 0);
                return alt ? key with { Alt = true } : key;
            }

            alt = true;
        }

        return first switch
        {
            IEditorTerminal.EndOfInput => new Key(KeyKind.EndOfInput),
            IEditorTerminal.Resized => new Key(KeyKind.Resized),
            IEditorTerminal.Interrupted => new Key(KeyKind.Interrupted),
            8 or 127 => new Key(KeyKind.Backspace, 0, alt),
            < 32 => new Key(KeyKind.Control, first, alt),
            _ => new Key(KeyKind.Character, ReadCharacter(first), alt),
        };
    }

    /// <summary>Reads the next byte as it is, for quoted insertion; below 0 as <see cref="IEditorTerminal.ReadByte"/>.</summary>
    public int ReadLiteral()
    {
        int first = terminal.ReadByte();
        return first < 0 ? first : ReadCharacter(first);
    }

    /// <summary>Reads pasted text up to its end mark, at most so many bytes; line ends are newlines in it.</summary>
    public string ReadPaste(int limit)
    {
        var text = new StringBuilder();
        int matched = 0;
        while (matched < PasteEnd.Length)
        {
            int next = terminal.ReadByte();
            if (next == IEditorTerminal.Resized)
                continue;
            if (next < 0)
                break;
            matched = next == PasteEnd[matched] ? matched + 1 : next == Escape ? 1 : 0;
            if (text.Length < limit + PasteEnd.Length)
                text.Append((char)next);
        }

        if (matched == PasteEnd.Length && text.Length >= PasteEnd.Length)
            text.Length -= PasteEnd.Length;
        return text.Replace("\r\n", "\n").Replace('\r', '\n').ToString();
    }

    /// <summary>A character from its first byte; a byte that begins none is a code of its own.</summary>
    private int ReadCharacter(int first)
    {
        int length = first switch { >= 0xf0 and < 0xf5 => 4, >= 0xe0 => 3, >= 0xc2 => 2, _ => 1 };
        if (first < 0x80)
            return first;
        if (length == 1 || first >= 0xf5)
            return EditText.RawByte + first;
        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = (byte)first;
        for (int i = 1; i < length; i++)
        {
            int next = terminal.ReadByte();
            if (next < 0 || (next & 0xc0) != 0x80)
                return EditText.RawByte + first;
            bytes[i] = (byte)next;
        }

        return Rune.DecodeFromUtf8(bytes[..length], out Rune rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : EditText.RawByte + first;
    }

    /// <summary>The rest of a control sequence: parameters, and the byte that ends it.</summary>
    private Key ReadSequence()
    {
        Span<int> parameters = stackalloc int[4];
        int index = 0;
        for (int i = 0; i < MaxSequence; i++)
        {
            int next = terminal.ReadByte();
            switch (next)
            {
                case < 0:
                    return new Key(KeyKind.EndOfInput);
                case >= '0' and <= '9':
                    if (index < parameters.Length && parameters[index] < 10_000)
                        parameters[index] = (parameters[index] * 10) + next - '0';
                    break;
                case ';':
                    index++;
                    break;
                case '[' when i == 0:
                    terminal.ReadByte();
                    return default;
                case '~':
                    return FromNumber(parameters[0], parameters[1]);
                case >= 0x40 and <= 0x7e:
                    return FromFinal(next, parameters[1]);
            }
        }

        return default;
    }

    private static Key FromFinal(int final, int modifiers) => Make(
        final switch
        {
            'A' => KeyKind.Up,
            'B' => KeyKind.Down,
            'C' => KeyKind.Right,
            'D' => KeyKind.Left,
            'H' => KeyKind.Home,
            'F' => KeyKind.End,
            IEditorTerminal.EndOfInput => KeyKind.EndOfInput,
            _ => KeyKind.Unknown,
        },
        modifiers);

    private static Key FromNumber(int number, int modifiers) => Make(
        number switch
        {
            1 or 7 => KeyKind.Home,
            4 or 8 => KeyKind.End,
            3 => KeyKind.Delete,
            5 => KeyKind.PageUp,
            6 => KeyKind.PageDown,
            200 => KeyKind.Paste,
            _ => KeyKind.Unknown,
        },
        modifiers);

    private static Key Make(KeyKind kind, int modifiers)
    {
        int bits = Math.Max(0, modifiers - 1);
        return new Key(kind, 0, (bits & 2) != 0, (bits & 4) != 0);
    }
}
