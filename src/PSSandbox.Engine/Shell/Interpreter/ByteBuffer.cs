using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Interpreter;

/// <summary>Bytes that a built-in is about to write, in a buffer that the shell keeps.</summary>
/// <param name="host">The shell, whose process may be ended meanwhile.</param>
internal sealed class ByteBuffer(IExpansionHost? host)
{
    private byte[] _bytes = new byte[256];

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Appends a byte string.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        LargeText.Narrow(text, Reserve(text.Length), host);
        Length += text.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(char c)
    {
        if (Length == _bytes.Length)
            Reserve(1);
        _bytes[Length++] = (byte)c;
    }

    /// <summary>Appends a number in decimal.</summary>
    public void Append(long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out int count, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..count]);
    }

    /// <summary>Empties it; a buffer that grew large is given up.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > 1 << 16)
            _bytes = new byte[256];
    }

    /// <summary>Writes the bytes to a descriptor of a shell's process and empties the buffer.</summary>
    public FileSystem.Errno Flush(ShellInterpreter shell, int descriptor)
    {
        if (Length == 0)
            return FileSystem.Errno.None;
        FileSystem.Errno error = FileSystem.Errno.None;
        try
        {
            error = shell.Process.WriteAll(descriptor, Span);
        }
        finally
        {
            Clear();
        }

        return error;
    }

    private Span<byte> Reserve(int more)
    {
        if (_bytes.Length - Length < more)
            Grow(more);
        return _bytes.AsSpan(Length);
    }

    private void Grow(int more)
    {
        long needed = (long)Length + more;
        if (needed > Array.MaxLength)
            throw new ShellMemoryException();
        byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        for (int at = 0; at < Length; at += LargeText.Piece)
        {
            PatternMatcher.CheckAttention(host);
            _bytes.AsSpan(at, Math.Min(LargeText.Piece, Length - at)).CopyTo(grown.AsSpan(at));
        }

        _bytes = grown;
    }
}
