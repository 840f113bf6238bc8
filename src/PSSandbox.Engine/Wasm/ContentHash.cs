using System.Buffers.Binary;
using System.Security.Cryptography;
using PSSandbox.Wasm.Caching;

namespace PSSandbox.Wasm;

/// <summary>
/// What stands for the bytes of a module: by it compiled code is found, in this process and in the cache on disk. For a
/// module of a guest it is the SHA-256, so that none can be made that finds another's code. For one that was installed with
/// this program, which nobody makes to deceive, it is length and XXH64: the platform's cryptography takes milliseconds to
/// load. The two kinds are never equal.
/// </summary>
internal readonly struct ContentHash : IEquatable<ContentHash>
{
    /// <summary>Bytes of its form in bytes.</summary>
    public const int SizeInBytes = SHA256.HashSizeInBytes + 1;

    private const int PieceBytes = 1 << 20;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;
    private readonly bool _installed;

    private ContentHash(ReadOnlySpan<byte> hash)
    {
        _first = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _second = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        _third = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]);
        _fourth = BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]);
    }

    private ContentHash(ulong sum, int length)
    {
        _first = sum;
        _second = (ulong)length;
        _installed = true;
    }

    /// <summary>The hash of bytes that anybody may have made.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="checkpoint">Called now and then where there are many; an exception of it ends the work.</param>
    public static ContentHash Of(ReadOnlySpan<byte> content, Action? checkpoint = null)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (checkpoint is null || content.Length <= PieceBytes)
        {
            SHA256.HashData(content, hash);
            return new ContentHash(hash);
        }

        using IncrementalHash pieces = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; content.Length > PieceBytes; content = content[PieceBytes..])
        {
            pieces.AppendData(content[..PieceBytes]);
            checkpoint();
        }

        pieces.AppendData(content);
        pieces.GetHashAndReset(hash);
        return new ContentHash(hash);
    }

    /// <summary>The hash of a file of this program's own installation, which is trusted as its assemblies are.</summary>
    public static ContentHash OfInstalled(ReadOnlySpan<byte> content) => new(new XxHash64().Finish(content), content.Length);

    /// <summary>Writes its <see cref="SizeInBytes"/> bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _first);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], _third);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], _fourth);
        bytes[32] = _installed ? (byte)1 : (byte)0;
    }

    /// <inheritdoc/>
    public bool Equals(ContentHash other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth
        && _installed == other._installed;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContentHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_first;
}
