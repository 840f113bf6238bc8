using System.Buffers.Binary;
using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Wasi;

/// <summary>
/// A guest's memory during one call of a host function. Pointers and lengths come from the guest and may be anything:
/// each access is checked, and one that does not lie inside is refused (EFAULT).
/// </summary>
internal readonly ref struct GuestMemory(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Gives the bytes at an address; false if they are not all inside.</summary>
    public bool TrySlice(int address, int length, out Span<byte> slice)
    {
        if ((ulong)(uint)address + (uint)length > (uint)_bytes.Length)
        {
            slice = default;
            return false;
        }

        slice = _bytes.Slice(address, length);
        return true;
    }

    /// <summary>Reads 32 bits.</summary>
    public bool TryReadInt32(int address, out int value)
    {
        bool inside = TrySlice(address, sizeof(int), out Span<byte> slice);
        value = inside ? BinaryPrimitives.ReadInt32LittleEndian(slice) : 0;
        return inside;
    }

    /// <summary>Writes 32 bits.</summary>
    public bool TryWriteInt32(int address, int value) =>
        TrySlice(address, sizeof(int), out Span<byte> slice) && BinaryPrimitives.TryWriteInt32LittleEndian(slice, value);

    /// <summary>Writes 64 bits.</summary>
    public bool TryWriteInt64(int address, long value) =>
        TrySlice(address, sizeof(long), out Span<byte> slice) && BinaryPrimitives.TryWriteInt64LittleEndian(slice, value);

    /// <summary>Reads a path, widening it into a buffer that is good until its next use.</summary>
    /// <returns>EFAULT, ENOENT for an empty path, ENAMETOOLONG, EINVAL for one with a NUL.</returns>
    public Errno ReadPath(int address, int length, ref char[] buffer, out ReadOnlySpan<char> path)
    {
        path = default;
        if (!TrySlice(address, length, out Span<byte> slice))
            return Errno.EFAULT;
        if (length == 0)
            return Errno.ENOENT;
        if (length >= VirtualFileSystem.MaxPath)
            return Errno.ENAMETOOLONG;
        if (slice.Contains((byte)0))
            return Errno.EINVAL;
        if (buffer.Length < length)
            buffer = new char[Math.Min(VirtualFileSystem.MaxPath, (length + 255) & ~255)];
        Encoding.Latin1.GetChars(slice, buffer);
        path = buffer.AsSpan(0, length);
        return Errno.None;
    }

    /// <summary>Reads strings that follow one another, each ended by a NUL. EFAULT, E2BIG, EINVAL if the last is not ended.</summary>
    /// <param name="address">Where.</param>
    /// <param name="length">Their length in bytes.</param>
    /// <param name="maximum">The most of that.</param>
    /// <param name="known">What they may well be: those that are so need not be made anew.</param>
    /// <param name="strings">The strings.</param>
    public Errno ReadStrings(int address, int length, int maximum, ReadOnlySpan<string> known, out string[] strings)
    {
        strings = [];
        if (!TrySlice(address, length, out Span<byte> slice))
            return Errno.EFAULT;
        if (length > maximum)
            return Errno.E2BIG;
        if (length == 0)
            return Errno.None;
        if (slice[^1] != 0)
            return Errno.EINVAL;
        strings = new string[slice.Count((byte)0)];
        for (int i = 0; i < strings.Length; i++)
        {
            int end = slice.IndexOf((byte)0);
            strings[i] = i < known.Length && Equals(known[i], slice[..end]) ? known[i] : Encoding.Latin1.GetString(slice[..end]);
            slice = slice[(end + 1)..];
        }

        return Errno.None;
    }

    private static bool Equals(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length != bytes.Length)
            return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (text[i] != bytes[i])
                return false;
        }

        return true;
    }
}
