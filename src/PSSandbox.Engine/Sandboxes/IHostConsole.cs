namespace PSSandbox.Sandboxes;

/// <summary>The console of this process on one operating system: raw mode, keys, size.</summary>
internal interface IHostConsole : IDisposable
{
    /// <summary>Rows and columns of the window.</summary>
    (int Rows, int Columns) Size { get; }

    /// <summary>Raised, on any thread, when the window has another size.</summary>
    event Action? Resized;

    /// <summary>Makes the console raw: keys come at once, unchanged and unseen. Keeps what was before.</summary>
    void EnterRawMode();

    /// <summary>Gives the console back the modes that it had. May be called from any thread, and more than once.</summary>
    void LeaveRawMode();

    /// <summary>Waits for keys.</summary>
    /// <returns>How many bytes came; 0 at the end of the input or once <see cref="StopReading"/> was called.</returns>
    int Read(Span<byte> buffer);

    /// <summary>Makes <see cref="Read"/> return, now and ever after.</summary>
    void StopReading();

    /// <summary>Writes bytes to the console.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
