namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// Bodies of functions that do a <c>memory.fill</c> or <c>memory.copy</c> in pieces. Loops can be interrupted, one
/// instruction cannot. What is out of bounds traps before anything is written.
/// </summary>
internal static class BulkInPieces
{
    /// <summary>Bytes of a piece: a millisecond or so.</summary>
    public const uint PieceBytes = 4 << 20;

    private const byte End = 0x0b;
    private const byte Return = 0x0f;
    private const byte Add = 0x6a;
    private const byte Subtract = 0x6b;
    private const byte GreaterUnsigned = 0x4b;
    private const byte LessOrEqualUnsigned = 0x4d;

    private static readonly byte[] If = [0x04, 0x40];
    private static readonly byte[] Loop = [0x03, 0x40];
    private static readonly byte[] Again = [0x0d, 0, End];
    private static readonly byte[] Piece = [0x41, 0x80, 0x80, 0x80, 0x02];
    private static readonly byte[] All = [.. Get(0), .. Get(1), .. Get(2)];
    private static readonly byte[] MemoryFill = [0xfc, 11, 0];
    private static readonly byte[] MemoryCopy = [0xfc, 10, 0, 0];

    /// <summary>Fills: destination, value, length.</summary>
    public static ReadOnlyMemory<byte> Fill { get; } = new byte[][]
    {
        [0, .. AtOnceIfSmall(MemoryFill), .. TrapIfOutside(0, MemoryFill)],
        [.. Loop, .. Get(0), .. Get(1), .. Piece, .. MemoryFill, .. Advance(0), .. Shorten(), .. Again],
        [.. All, .. MemoryFill, End],
    }.SelectMany(static part => part).ToArray();

    /// <summary>Copies, also where both overlap: destination, source, length.</summary>
    public static ReadOnlyMemory<byte> Copy { get; } = new byte[][]
    {
        [0, .. AtOnceIfSmall(MemoryCopy), .. TrapIfOutside(0, MemoryCopy), .. TrapIfOutside(1, MemoryCopy)],

        // Downwards from the beginning on, upwards from the end on.
        [.. Get(0), .. Get(1), LessOrEqualUnsigned, .. If],
        [.. Loop, .. Get(0), .. Get(1), .. Piece, .. MemoryCopy, .. Advance(0), .. Advance(1), .. Shorten(), .. Again],
        [.. All, .. MemoryCopy, Return, End],
        [.. Loop, .. Get(0), .. Get(2), .. Piece, Subtract, Add, .. Get(1), .. Get(2), .. Piece, Subtract, Add, .. Piece, .. MemoryCopy],
        [.. Shorten(), .. Again, .. All, .. MemoryCopy, End],
    }.SelectMany(static part => part).ToArray();

    private static byte[] Get(byte local) => [0x20, local];

    private static byte[] Advance(byte local) => [.. Get(local), .. Piece, Add, 0x21, local];

    // Takes a piece off the length, and asks whether there is more than one left.
    private static byte[] Shorten() => [.. Get(2), .. Piece, Subtract, 0x22, 2, .. Piece, GreaterUnsigned];

    private static byte[] AtOnceIfSmall(byte[] instruction) =>
        [.. Get(2), .. Piece, LessOrEqualUnsigned, .. If, .. All, .. instruction, Return, End];

    // In 64 bits: whether address and length are more than the pages; then the whole instruction traps.
    private static byte[] TrapIfOutside(byte address, byte[] instruction) =>
    [
        .. Get(address), 0xad, .. Get(2), 0xad, 0x7c, 0x3f, 0, 0xad, 0x42, 16, 0x86, 0x56, .. If, .. All, .. instruction, End,
    ];
}
