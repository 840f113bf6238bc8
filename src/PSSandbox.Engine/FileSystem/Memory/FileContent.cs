using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PSSandbox.FileSystem;

/// <summary>
/// The bytes of a file: chunks of 64 KiB that exist only where something was written. Forks share chunks and copy one
/// when they write to it. The owner locks; an image's content is never written and needs no lock.
/// </summary>
internal sealed class FileContent
{
    /// <summary>Size of a chunk in bytes; the last one of a file is as long as it needs to be.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 16;
    private const int GroupBits = 10;
    private const int GroupSize = 1 << GroupBits;

    // Nothing is written behind 16 TiB, as on ext4: the table of the groups would grow too large to be gone through.
    private const long MaxChunks = 1L << 28;

    private Slot _first;
    private Slot[]?[] _groups = [];
    private long _tableBytes;   // charged for _groups and what hangs there
    private byte[]? _whole;     // all of it in one array, of an image only

    private struct Slot
    {
        public byte[]? Data;
        public int Offset;      // of the chunk in Data: not 0 in a slice of an image's array
        public int Length;      // bytes from there that count; what comes after reads as zeros
        public int Held;        // bytes counted as allocated
        public bool Shared;     // somebody else reads it too: copy before writing
        public bool Charged;    // Held was taken from the account
    }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes in chunks, shared ones included.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Makes content for an image out of an array, which is kept, not copied, and must never change.</summary>
    public static FileContent FromArray(byte[] whole)
    {
        var content = new FileContent { Length = whole.Length, AllocatedBytes = whole.Length, _whole = whole };
        for (int start = 0; start < whole.Length; start += ChunkSize)
        {
            int length = Math.Min(ChunkSize, whole.Length - start);
            content.SlotFor(start >> ChunkBits, null) = new Slot
            {
                Data = whole, Offset = start, Length = length, Held = length, Shared = true,
            };
        }

        return content;
    }

    /// <summary>The whole content as one block of memory, where it is that already.</summary>
    public bool TryGetWhole(out ReadOnlyMemory<byte> whole)
    {
        if (_whole is not null)
        {
            whole = _whole;
            return true;
        }

        if (Length <= ChunkSize && _first.Shared && _first.Length == Length)
        {
            whole = _first.Data.AsMemory(_first.Offset, _first.Length);
            return true;
        }

        whole = default;
        return Length == 0;
    }

    /// <summary>
    /// Gives content that shares all chunks with this. Afterwards neither writes to a shared chunk; this one may go on
    /// being written to, if it was before.
    /// </summary>
    public FileContent Fork()
    {
        var fork = new FileContent { Length = Length, AllocatedBytes = AllocatedBytes, _whole = _whole, _first = Share(ref _first) };
        if (_groups.Length > 0)
        {
            fork._groups = new Slot[_groups.Length][];
            for (int g = 0; g < _groups.Length; g++)
            {
                if (_groups[g] is not { } group)
                    continue;
                var copy = new Slot[group.Length];
                for (int i = 0; i < group.Length; i++)
                    copy[i] = Share(ref group[i]);
                fork._groups[g] = copy;
            }
        }

        return fork;

        static Slot Share(ref Slot slot)
        {
            if (slot.Data is null)
                return default;
            if (!slot.Shared)
                slot.Shared = true;
            return slot with { Charged = false };
        }
    }

    /// <summary>Copies bytes out; all of them must lie before <see cref="Length"/>.</summary>
    public void Read(Span<byte> buffer, long offset)
    {
        Debug.Assert(offset + buffer.Length <= Length, "reads end where the file does");
        while (!buffer.IsEmpty)
        {
            int start = (int)(offset & (ChunkSize - 1));
            int count = Math.Min(buffer.Length, ChunkSize - start);
            ref readonly Slot slot = ref Find(offset >> ChunkBits);
            int held = slot.Data is null ? 0 : Math.Clamp(slot.Length - start, 0, count);
            if (held > 0)
                slot.Data.AsSpan(slot.Offset + start, held).CopyTo(buffer);
            if (held < count)
                buffer[held..count].Clear();
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>Writes, extending the file where needed, and gives the number of bytes that the account had room for.</summary>
    public int Write(ReadOnlySpan<byte> buffer, long offset, StorageAccount account)
    {
        _whole = null;
        int written = 0;
        while (!buffer.IsEmpty)
        {
            int start = (int)(offset & (ChunkSize - 1));
            int count = Math.Min(buffer.Length, ChunkSize - start);
            ref Slot slot = ref SlotFor(offset >> ChunkBits, account);
            if (Unsafe.IsNullRef(ref slot))
                break;
            int room = MakeWritable(ref slot, start, start + count, account) - start;
            if (room <= 0)
                break;
            bool full = room < count;
            count = Math.Min(count, room);
            if (start > slot.Length)
                slot.Data.AsSpan(slot.Length, start - slot.Length).Clear();
            buffer[..count].CopyTo(slot.Data.AsSpan(start));
            slot.Length = Math.Max(slot.Length, start + count);
            buffer = buffer[count..];
            offset += count;
            written += count;
            if (full)
                break;
        }

        if (written > 0 && offset > Length)
            Length = offset;
        return written;
    }

    /// <summary>Cuts the file off, or extends it with a hole.</summary>
    public void SetLength(long length, StorageAccount account)
    {
        _whole = null;
        if (length < Length)
        {
            long kept = (length + ChunkSize - 1) >> ChunkBits;
            long end = (Length + ChunkSize - 1) >> ChunkBits;
            if (kept == 0 && end > 0)
                Drop(ref _first, account);
            DropFrom(Math.Max(kept, 1), account);
            int tail = (int)(length & (ChunkSize - 1));
            if (tail != 0)
            {
                ref Slot slot = ref Find(kept - 1);
                if (slot.Data is not null && slot.Length > tail)
                    slot.Length = tail;
            }
        }

        Length = length;
    }

    /// <summary>Reserves room for a range, so that writing there cannot fail for want of it; gives whether there was.</summary>
    public bool Reserve(long offset, long length, StorageAccount account)
    {
        _whole = null;
        long end = offset + length;
        while (offset < end)
        {
            int start = (int)(offset & (ChunkSize - 1));
            int count = (int)Math.Min(end - offset, ChunkSize - start);
            ref Slot slot = ref SlotFor(offset >> ChunkBits, account);
            if (Unsafe.IsNullRef(ref slot) || MakeWritable(ref slot, start, start + count, account) < start + count)
                return false;
            offset += count;
        }

        return true;
    }

    /// <summary>Lets go of everything.</summary>
    public void Release(StorageAccount account)
    {
        Drop(ref _first, account);
        DropFrom(1, account);
        Length = 0;
        _whole = null;
    }

    private void DropFrom(long chunk, StorageAccount account)
    {
        for (int g = (int)(chunk >> GroupBits); g < _groups.Length; g++)
        {
            if (_groups[g] is not { } group)
                continue;
            long first = (long)g << GroupBits;
            for (int i = (int)Math.Max(chunk - first, 0); i < group.Length; i++)
                Drop(ref group[i], account);
            if (first >= chunk)
                _groups[g] = null;
        }

        if (chunk == 1)
            _groups = [];
        long table = TableBytes();
        account.Give(_tableBytes - Math.Min(table, _tableBytes));
        _tableBytes = Math.Min(table, _tableBytes);
    }

    private long TableBytes()
    {
        long bytes = _groups.Length * 8L;
        foreach (Slot[]? group in _groups)
            bytes += (group?.Length ?? 0) * (long)Unsafe.SizeOf<Slot>();
        return bytes;
    }

    private void Drop(ref Slot slot, StorageAccount account)
    {
        if (slot.Data is null)
            return;
        AllocatedBytes -= slot.Held;
        if (slot.Charged)
            account.Give(slot.Held);
        Recycle(slot);
        slot = default;
    }

    private static void Recycle(in Slot slot)
    {
        if (!slot.Shared && slot.Data!.Length == ChunkSize)
            ArrayPool<byte>.Shared.Return(slot.Data);
    }

    private ref Slot Find(long chunk)
    {
        if (chunk == 0)
            return ref _first;
        long g = chunk >> GroupBits;
        if (g < _groups.Length && _groups[g] is { } group && (chunk & (GroupSize - 1)) < group.Length)
            return ref group[chunk & (GroupSize - 1)];
        return ref Nothing.Slot;
    }

    private static class Nothing
    {
        public static Slot Slot;    // never written: Find's callers only look
    }

    /// <summary>The slot of a chunk, its tables made if needed; a null reference where the account has no room for them.</summary>
    private ref Slot SlotFor(long chunk, StorageAccount? account)
    {
        if (chunk == 0)
            return ref _first;
        if (chunk >= MaxChunks)
            return ref Unsafe.NullRef<Slot>();
        int g = (int)(chunk >> GroupBits);
        int index = (int)(chunk & (GroupSize - 1));
        if (g >= _groups.Length)
        {
            int length = Math.Max(g + 1, Math.Min(_groups.Length * 2, g + 64));
            if (!TakeTable((length - _groups.Length) * 8L, account))
                return ref Unsafe.NullRef<Slot>();
            Array.Resize(ref _groups, length);
        }

        ref Slot[]? group = ref _groups[g];
        if (group is null || index >= group.Length)
        {
            int had = group?.Length ?? 0;
            int length = Math.Min(GroupSize, Math.Max(index + 1, had * 2));
            if (!TakeTable((length - had) * (long)Unsafe.SizeOf<Slot>(), account))
                return ref Unsafe.NullRef<Slot>();
            Array.Resize(ref group, length);
        }

        return ref group[index];
    }

    private bool TakeTable(long bytes, StorageAccount? account)
    {
        if (account is null)
            return true;
        if (!account.TryTake(bytes))
            return false;
        _tableBytes += bytes;
        return true;
    }

    /// <summary>Makes a chunk this file's own and long enough, or as long as the account allows; gives how far it can be written.</summary>
    private int MakeWritable(ref Slot slot, int start, int end, StorageAccount account)
    {
        byte[]? old = slot.Data;
        if (old is not null && !slot.Shared && end <= old.Length)
            return old.Length;
        int charged = slot.Charged ? slot.Held : 0;
        int least = Math.Max(end, slot.Length);
        int capacity = Math.Max(least, old is null ? 0 : Math.Min(ChunkSize, slot.Length * 2));
        capacity = capacity > ChunkSize / 2 ? ChunkSize : (capacity + 31) & ~31;
        if (!account.TryTake(capacity - charged))
        {
            // Less room than one would like: take what there is.
            capacity = least;
            if (capacity - charged > 0 && !account.TryTake(capacity - charged))
            {
                capacity = charged + (int)account.TakeUpTo(capacity - charged);
                if (capacity <= start || capacity < slot.Length)
                {
                    account.Give(capacity - charged);
                    return 0;
                }
            }
            else if (capacity - charged < 0)
            {
                account.Give(charged - capacity);
            }
        }

        byte[] data = capacity == ChunkSize ? ArrayPool<byte>.Shared.Rent(ChunkSize) : GC.AllocateUninitializedArray<byte>(capacity);
        if (old is not null)
        {
            old.AsSpan(slot.Offset, slot.Length).CopyTo(data);
            Recycle(slot);
        }

        AllocatedBytes += capacity - slot.Held;
        slot = new Slot { Data = data, Length = slot.Length, Held = capacity, Charged = true };
        return capacity;
    }
}
