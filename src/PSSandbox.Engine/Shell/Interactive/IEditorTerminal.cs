namespace PSSandbox.Shell.Interactive;

/// <summary>The terminal as the line editor needs it: in raw mode, byte by byte.</summary>
internal interface IEditorTerminal
{
    /// <summary>What <see cref="ReadByte"/> gives at the end of the input.</summary>
    const int EndOfInput = -1;

    /// <summary>What it gives when the window has another size.</summary>
    const int Resized = -2;

    /// <summary>What it gives when a signal ends the editing.</summary>
    const int Interrupted = -3;

    /// <summary>Rows and columns of the window.</summary>
    (int Rows, int Columns) Size { get; }

    /// <summary>Whether a byte waits to be read.</summary>
    bool HasInput { get; }

    /// <summary>The next byte, or one of the constants.</summary>
    int ReadByte();

    /// <summary>Shows a byte string.</summary>
    void Write(string bytes);
}
