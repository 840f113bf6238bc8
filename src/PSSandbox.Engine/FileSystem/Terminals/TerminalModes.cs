using System.Buffers.Binary;

namespace PSSandbox.FileSystem;

/// <summary>
/// The modes of a terminal (POSIX 11.2), kept as the 60 bytes of Linux's <c>struct termios</c>: four flag words, a line
/// discipline, 32 special characters, two speeds.
/// </summary>
internal sealed class TerminalModes
{
    /// <summary>Length of the structure.</summary>
    public const int Length = 60;

    // Bits of the flag words, as on Linux.
    private const uint InputCrToNl = 0x100, InputNlToCr = 0x40, InputIgnoreCr = 0x80;
    private const uint OutputProcess = 0x1, OutputNlToCrNl = 0x4;
    private const uint LocalSignals = 0x1, LocalCanonical = 0x2, LocalEcho = 0x8, LocalEchoErase = 0x10, LocalEchoKill = 0x20, LocalEchoNl = 0x40, LocalEchoControl = 0x200, LocalStopBackground = 0x100;
    private const int CharactersAt = 17;

    private readonly byte[] _bytes = new byte[Length];

    /// <summary>Makes the modes of a new terminal: canonical, echoing, with signals.</summary>
    public TerminalModes()
    {
        Set(0, InputCrToNl | 0x400);
        Set(4, OutputProcess | OutputNlToCrNl);
        Set(8, 0xbf);
        Set(12, LocalSignals | LocalCanonical | LocalEcho | LocalEchoErase | LocalEchoKill | LocalEchoControl | 0x8000);
        ReadOnlySpan<byte> characters = [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22];
        characters.CopyTo(_bytes.AsSpan(CharactersAt));
        Set(52, 15);
        Set(56, 15);
    }

    /// <summary>ISIG: keys send signals.</summary>
    public bool Signals => Has(12, LocalSignals);

    /// <summary>ICANON: input is read by lines, with editing.</summary>
    public bool Canonical => Has(12, LocalCanonical);

    /// <summary>ECHO.</summary>
    public bool Echo => Has(12, LocalEcho);

    /// <summary>ECHOE: erase wipes the character.</summary>
    public bool EchoErase => Has(12, LocalEchoErase);

    /// <summary>ECHONL: newlines are echoed even without ECHO.</summary>
    public bool EchoNewline => Has(12, LocalEchoNl);

    /// <summary>ECHOCTL: control characters are echoed as ^X.</summary>
    public bool EchoControl => Has(12, LocalEchoControl);

    /// <summary>TOSTOP: a background write stops the writer.</summary>
    public bool StopBackgroundWriters => Has(12, LocalStopBackground);

    /// <summary>OPOST and ONLCR: a newline is written as carriage return and newline.</summary>
    public bool NewlineToCrNl => Has(4, OutputProcess) && Has(4, OutputNlToCrNl);

    /// <summary>VINTR, ctrl-C.</summary>
    public byte Interrupt => _bytes[CharactersAt];

    /// <summary>VQUIT, ctrl-\.</summary>
    public byte Quit => _bytes[CharactersAt + 1];

    /// <summary>VERASE, backspace.</summary>
    public byte Erase => _bytes[CharactersAt + 2];

    /// <summary>VKILL, ctrl-U.</summary>
    public byte KillLine => _bytes[CharactersAt + 3];

    /// <summary>VEOF, ctrl-D.</summary>
    public byte EndOfFile => _bytes[CharactersAt + 4];

    /// <summary>VTIME: tenths of a second that a raw read waits for a further byte.</summary>
    public byte Time => _bytes[CharactersAt + 5];

    /// <summary>VMIN: bytes that a raw read waits for.</summary>
    public byte Minimum => _bytes[CharactersAt + 6];

    /// <summary>VSUSP, ctrl-Z.</summary>
    public byte Suspend => _bytes[CharactersAt + 10];

    /// <summary>VWERASE, ctrl-W.</summary>
    public byte EraseWord => _bytes[CharactersAt + 14];

    /// <summary>Copies the structure out.</summary>
    public void CopyTo(Span<byte> termios) => _bytes.AsSpan(0, Math.Min(Length, termios.Length)).CopyTo(termios);

    /// <summary>Takes a structure over.</summary>
    public void CopyFrom(ReadOnlySpan<byte> termios) => termios[..Math.Min(Length, termios.Length)].CopyTo(_bytes);

    /// <summary>What an input byte becomes: ICRNL, INLCR; -1 for a byte that is dropped (IGNCR).</summary>
    public int Map(byte input)
    {
        if (input == '\r')
            return Has(0, InputIgnoreCr) ? -1 : Has(0, InputCrToNl) ? '\n' : input;
        return input == '\n' && Has(0, InputNlToCr) ? '\r' : input;
    }

    private bool Has(int at, uint bit) => (BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at)) & bit) != 0;

    private void Set(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);
}
