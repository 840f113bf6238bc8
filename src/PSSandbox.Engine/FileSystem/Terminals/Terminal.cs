namespace PSSandbox.FileSystem;

/// <summary>A terminal as programs see it (POSIX 11, General Terminal Interface): modes, size, foreground process group.</summary>
internal abstract class Terminal
{
    /// <summary>Rows and columns.</summary>
    public (int Rows, int Columns) Size { get; set; } = (24, 80);

    /// <summary>The process group that gets the signals of the keyboard.</summary>
    public int ForegroundGroup { get; set; }

    /// <summary>Whether the cursor is at the beginning of a line, as far as what was shown tells.</summary>
    public virtual bool IsAtLineStart => true;

    /// <summary>Modes, as <c>tcgetattr</c> gives them: 60 bytes laid out as Linux's <c>struct termios</c> on x86-64.</summary>
    public abstract void GetAttributes(Span<byte> termios);

    /// <summary>Sets the modes. EINVAL.</summary>
    public abstract Errno SetAttributes(ReadOnlySpan<byte> termios);
}
