using PSSandbox.FileSystem;

namespace PSSandbox.Wasi;

/// <summary>The buffers of a scattered read or a gathered write: an array of address and length in the guest's memory.</summary>
internal readonly ref struct IoVectors
{
    /// <summary>Most buffers of one call (IOV_MAX).</summary>
    public const int MaxCount = 1024;

    private const int EntrySize = 8;
    private readonly GuestMemory _memory;
    private readonly int _address;

    private IoVectors(GuestMemory memory, int address, int count)
    {
        _memory = memory;
        _address = address;
        Count = count;
    }

    /// <summary>Number of buffers.</summary>
    public int Count { get; }

    /// <summary>Takes the array; the buffers themselves are checked as they are taken. EINVAL for too many, EFAULT.</summary>
    public static Errno TryCreate(GuestMemory memory, int address, int count, out IoVectors vectors)
    {
        vectors = default;
        if ((uint)count > MaxCount)
            return Errno.EINVAL;
        if (!memory.TrySlice(address, count * EntrySize, out _))
            return Errno.EFAULT;
        vectors = new IoVectors(memory, address, count);
        return Errno.None;
    }

    /// <summary>Gives a buffer; false if it lies outside the memory.</summary>
    public bool TryGet(int index, out Span<byte> buffer)
    {
        _memory.TryReadInt32(_address + index * EntrySize, out int address);
        _memory.TryReadInt32(_address + index * EntrySize + 4, out int length);
        return _memory.TrySlice(address, length, out buffer);
    }

    /// <summary>
    /// Copies all buffers into one if they fit, so that they are written as one; -1 if they do not fit or one is outside.
    /// </summary>
    public int Gather(Span<byte> target)
    {
        int length = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!TryGet(i, out Span<byte> buffer) || buffer.Length > target.Length - length)
                return -1;
            buffer.CopyTo(target[length..]);
            length += buffer.Length;
        }

        return length;
    }
}
