using System.Buffers.Binary;
using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Builtins;

/// <summary>A terminal that does not echo, or gives characters and not lines, until disposed (<c>read -s</c>, <c>-n</c>, <c>-d</c>).</summary>
internal sealed class TerminalEcho : IDisposable
{
    private const int LocalModes = 12;
    private const uint Echo = 8;
    private const uint Canonical = 2;
    private readonly Terminal _terminal;
    private readonly byte[] _before = new byte[60];

    /// <summary>Sets the modes.</summary>
    public TerminalEcho(Terminal terminal, bool echo, bool canonical)
    {
        _terminal = terminal;
        terminal.GetAttributes(_before);
        byte[] changed = (byte[])_before.Clone();
        Span<byte> modes = changed.AsSpan(LocalModes);
        BinaryPrimitives.WriteUInt32LittleEndian(modes, BinaryPrimitives.ReadUInt32LittleEndian(modes) & ~((echo ? 0 : Echo) | (canonical ? 0 : Canonical)));
        terminal.SetAttributes(changed);
    }

    /// <inheritdoc/>
    public void Dispose() => _terminal.SetAttributes(_before);
}
