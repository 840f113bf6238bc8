using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Makes, grows and frees tables in unmanaged memory.</summary>
internal static unsafe class Tables
{
    /// <summary>The most elements of a table where no limit is given.</summary>
    public const int DefaultMaximum = 10_000_000;

    /// <summary>The most elements that a table may have.</summary>
    public static long Maximum(uint? declared, int limit) => Math.Min(declared ?? uint.MaxValue, limit > 0 ? limit : DefaultMaximum);

    /// <summary>Fills a record with a table of null references.</summary>
    /// <exception cref="WasmLinkException">The table is larger than it may be.</exception>
    public static void Create(TableRecord* record, uint length, long maximum)
    {
        *record = default;
        if (length > maximum)
            throw new WasmLinkException($"a table of {length} elements is over the limit of {maximum}");
        record->Elements = (nint*)NativeMemory.AllocZeroed(Math.Max(1, length), (nuint)sizeof(nint));
        record->Length = length;
        record->Capacity = length;
        record->Maximum = maximum;
    }

    /// <summary>Grows a table; gives the former length, or -1.</summary>
    public static int Grow(TableRecord* record, nint value, uint count)
    {
        long former = record->Length;
        long length = former + count;
        if (length > record->Maximum)
            return -1;
        if (length > record->Capacity)
        {
            long capacity = Math.Min(Math.Max(length, record->Capacity * 2), record->Maximum);
            try
            {
                record->Elements = (nint*)NativeMemory.Realloc(record->Elements, (nuint)capacity * (nuint)sizeof(nint));
            }
            catch (OutOfMemoryException)
            {
                return -1;
            }

            record->Capacity = capacity;
        }

        record->Dirty = 1;
        new Span<nint>(record->Elements + former, (int)count).Fill(value);
        record->Length = length;
        return (int)former;
    }

    /// <summary>Frees a table.</summary>
    public static void Free(TableRecord* record)
    {
        NativeMemory.Free(record->Elements);
        *record = default;
    }
}
