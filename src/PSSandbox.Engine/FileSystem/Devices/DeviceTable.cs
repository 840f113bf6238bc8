using System.Security.Cryptography;

namespace PSSandbox.FileSystem;

/// <summary>The character devices of a sandbox, by the numbers that Linux gives them.</summary>
internal sealed class DeviceTable : IDeviceTable
{
    /// <summary>Numbers of the devices, major &lt;&lt; 8 | minor.</summary>
    public const ulong Null = 0x103, Zero = 0x105, Full = 0x107, Random = 0x108, URandom = 0x109, Tty = 0x500, Console = 0x501;

    private readonly Action<Span<byte>> _random;

    /// <summary>Makes a table.</summary>
    /// <param name="random">Fills a span with random bytes; the host's cryptographic generator if not given.</param>
    public DeviceTable(Action<Span<byte>>? random = null) => _random = random ?? RandomNumberGenerator.Fill;

    /// <summary>The table of sandboxes that want nothing special.</summary>
    public static DeviceTable Default { get; } = new();

    /// <inheritdoc/>
    public Errno Open(Node node, ulong device, OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = device switch
        {
            Null => new NullDevice(node, flags),
            Zero => new ZeroDevice(node, flags, full: false),
            Full => new ZeroDevice(node, flags, full: true),
            Random or URandom => new RandomDevice(node, flags, _random),
            Tty or Console => (caller as ITerminalOwner)?.OpenTerminal(flags),
            _ => null,
        };
        return file is null ? Errno.ENXIO : Errno.None;
    }
}
