using System.Buffers.Binary;
using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Builtins;

/// <summary>A terminal that does not echo, until disposed (<c>read -s</c>).</summary>
internal sealed class TerminalEcho : IDisposable
{
    private const int LocalModes = 12;
    private const uint Echo = 8;
    private readonly Terminal _terminal;
    private readonly byte[] _before = new byte[60];

    private TerminalEcho(Terminal terminal)
    {
        _terminal = terminal;
        terminal.GetAttributes(_before);
        byte[] silent = (byte[])_before.Clone();
        Span<byte> modes = silent.AsSpan(LocalModes);
        BinaryPrimitives.WriteUInt32LittleEndian(modes, BinaryPrimitives.ReadUInt32LittleEndian(modes) & ~Echo);
        terminal.SetAttributes(silent);
    }

    /// <summary>Switches a terminal's echo off.</summary>
    public static TerminalEcho Off(Terminal terminal) => new(terminal);

    /// <inheritdoc/>
    public void Dispose() => _terminal.SetAttributes(_before);
}
