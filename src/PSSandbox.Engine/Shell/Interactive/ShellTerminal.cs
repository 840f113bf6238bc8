using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Interactive;

/// <summary>A shell's terminal while a line is edited on it: raw, until disposed.</summary>
internal sealed class ShellTerminal : IEditorTerminal, IDisposable
{
    private const int LocalModes = 12, MinimumCharacter = 17 + 6, TimeCharacter = 17 + 5;
    private const uint SignalsCanonicalEcho = 0x1 | 0x2 | 0x8, Extended = 0x8000;
    private readonly ShellInterpreter _shell;
    private readonly OpenFile _file;
    private readonly Terminal _terminal;
    private readonly byte[] _before = new byte[TerminalModes.Length];
    private readonly SignalDisposition _windowDisposition;
    private (int Rows, int Columns) _size;

    /// <summary>Makes the terminal raw. Bracketed paste is asked for.</summary>
    public ShellTerminal(ShellInterpreter shell, OpenFile file)
    {
        _shell = shell;
        _file = file;
        _terminal = file.Terminal!;
        _size = _terminal.Size;
        _windowDisposition = shell.Process.GetDisposition(Signal.WINCH);
        shell.Process.SetDisposition(Signal.WINCH, SignalDisposition.Catch);
        _terminal.GetAttributes(_before);
        byte[] raw = [.. _before];
        Span<byte> local = raw.AsSpan(LocalModes);
        BinaryPrimitives.WriteUInt32LittleEndian(local, BinaryPrimitives.ReadUInt32LittleEndian(local) & ~(SignalsCanonicalEcho | Extended));
        raw[MinimumCharacter] = 1;
        raw[TimeCharacter] = 0;
        _terminal.SetAttributes(raw);

        // The line begins at the left also after output without a newline, or below keys that were typed ahead and echoed.
        Write(_terminal.IsAtLineStart ? "\x1b[?2004h" : "\r\n\x1b[?2004h");
    }

    /// <inheritdoc/>
    public (int Rows, int Columns) Size => (Math.Max(1, _terminal.Size.Rows), Math.Max(2, _terminal.Size.Columns));

    /// <inheritdoc/>
    public bool HasInput => (_file.Poll() & PollEvents.Readable) != 0;

    /// <summary>The modes that the terminal had.</summary>
    public ReadOnlySpan<byte> Before => _before;

    /// <inheritdoc/>
    public int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        while (true)
        {
            Errno error = _shell.Process.Read(_file, one, out int count);
            if (error == Errno.EINTR)
            {
                _shell.RunPendingTraps();
                if (_shell.IsLeaving)
                    return IEditorTerminal.Interrupted;
                if (_size != _terminal.Size)
                {
                    _size = _terminal.Size;
                    return IEditorTerminal.Resized;
                }

                continue;
            }

            return error != Errno.None || count == 0 ? IEditorTerminal.EndOfInput : one[0];
        }
    }

    /// <inheritdoc/>
    public void Write(string bytes) => _shell.Process.WriteAll(2, ByteText.ToBytes(bytes));

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminal.SetAttributes(_before);
        _shell.Process.SetDisposition(Signal.WINCH, _windowDisposition);
    }
}
