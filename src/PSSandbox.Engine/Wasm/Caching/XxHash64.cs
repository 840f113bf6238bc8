using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace PSSandbox.Wasm.Caching;

/// <summary>
/// XXH64 with seed 0, piece by piece: tells damaged contents from sound ones as fast as memory can be read. It is no
/// protection from somebody who writes what he likes.
/// </summary>
internal unsafe struct XxHash64
{
    private const ulong Prime1 = 0x9e3779b185ebca87;
    private const ulong Prime2 = 0xc2b2ae3d27d4eb4f;
    private const ulong Prime3 = 0x165667b19e3779f9;
    private const ulong Prime4 = 0x85ebca77c2b2ae63;
    private const ulong Prime5 = 0x27d4eb2f165667c5;

    /// <summary>All pieces but the last are as long as a multiple of this.</summary>
    public const int StripeBytes = 32;

    private ulong _first = unchecked(Prime1 + Prime2);
    private ulong _second = Prime2;
    private ulong _third;
    private ulong _fourth = unchecked(0 - Prime1);
    private ulong _length;

    /// <summary>Begins.</summary>
    public XxHash64()
    {
    }

    /// <summary>Adds a piece of whole stripes.</summary>
    public void Append(ReadOnlySpan<byte> stripes)
    {
        if (stripes.Length % StripeBytes != 0)
            throw new ArgumentException("only the last piece may have any length", nameof(stripes));
        _length += (ulong)stripes.Length;
        (ulong first, ulong second, ulong third, ulong fourth) = (_first, _second, _third, _fourth);
        fixed (byte* start = stripes)
        {
            byte* end = start + stripes.Length;
            for (byte* at = start; at < end; at += StripeBytes)
            {
                first = Round(first, Word(at));
                second = Round(second, Word(at + 8));
                third = Round(third, Word(at + 16));
                fourth = Round(fourth, Word(at + 24));
            }
        }

        (_first, _second, _third, _fourth) = (first, second, third, fourth);
    }

    /// <summary>Adds the last piece, of any length, and gives the hash.</summary>
    public ulong Finish(ReadOnlySpan<byte> last)
    {
        int whole = last.Length / StripeBytes * StripeBytes;
        Append(last[..whole]);
        last = last[whole..];
        ulong hash = Prime5;
        if (_length > 0)
        {
            hash = BitOperations.RotateLeft(_first, 1) + BitOperations.RotateLeft(_second, 7)
                + BitOperations.RotateLeft(_third, 12) + BitOperations.RotateLeft(_fourth, 18);
            foreach (ulong lane in (ReadOnlySpan<ulong>)[_first, _second, _third, _fourth])
                hash = ((hash ^ Round(0, lane)) * Prime1) + Prime4;
        }

        hash += _length + (ulong)last.Length;
        for (; last.Length >= 8; last = last[8..])
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(last)), 27) * Prime1) + Prime4;
        if (last.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(last) * Prime1), 23) * Prime2) + Prime3;
            last = last[4..];
        }

        foreach (byte one in last)
            hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(byte* at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(at);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
