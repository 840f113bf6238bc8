using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// What generated code calls. The first argument of most is the context: the border between an instance's context and
/// its memory (see <see cref="Context"/>).
/// </summary>
internal static unsafe class GuestSupport
{
    // Bytes of a copy or a fill between two looks at the interrupt flag: some milliseconds where both overlap closely, which is slow.
    private const uint Piece = 2 << 20;

    /// <summary>A function was entered with its stack pointer below the limit: too deep, or interrupted.</summary>
    /// <param name="context">The context.</param>
    /// <param name="frameSize">Bytes that the function needs, where that is much.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OnEntry(nint context, int frameSize)
    {
        byte probe;
        ulong limit = *(ulong*)(context + Context.RealStackLimit);
        ManagedInstance instance = ManagedInstance.Of(context);
        if ((ulong)&probe < limit + (uint)frameSize && !instance.TryDeepen((ulong)&probe - (uint)frameSize))
            Traps.StackOverflow();
        instance.OnInterrupt();
    }

    /// <summary>A loop was asked to stop for a moment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OnLoop(nint context) => ManagedInstance.Of(context).OnInterrupt();

    /// <summary>Calls a host function with raw values.</summary>
    public static void CallHost(nint context, int function, nint values, int count)
    {
        ManagedInstance instance = ManagedInstance.Of(context);
        instance.HostFunctions[function](instance, new Span<WasmValue>((void*)values, count));
    }

    /// <summary>Address of a further result of a function, in the context of the instance that it belongs to.</summary>
    public static nint ResultOf(nint record, int index)
    {
        nint context = ((FunctionRecord*)record)->Context;
        return context + ManagedInstance.Of(context).Code.Layout.Scratch + (index * 16);
    }

    /// <summary>Makes a vector of two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Vector(long low, long high) => Vector128.Create(low, high).AsByte();

    /// <summary><c>memory.grow</c>: the former size in pages, or -1.</summary>
    public static int MemoryGrow(nint context, int pages) => ManagedInstance.Of(context).LinearMemory!.Grow((uint)pages);

    /// <summary><c>memory.copy</c>.</summary>
    public static void MemoryCopy(nint context, int to, int from, int count)
    {
        nint memory = *(nint*)(context + Context.MemoryBase);
        ulong length = *(ulong*)(memory + Context.MemoryLength);
        if ((ulong)(uint)to + (uint)count > length || (ulong)(uint)from + (uint)count > length)
            Traps.MemoryOutOfBounds();
        byte* target = (byte*)memory + (uint)to;
        byte* source = (byte*)memory + (uint)from;
        uint left = (uint)count;

        // In pieces, so that a large one can be interrupted; from the end where the source lies before the target.
        while (left > Piece)
        {
            left -= Piece;
            if (target > source)
            {
                Buffer.MemoryCopy(source + left, target + left, Piece, Piece);
            }
            else
            {
                Buffer.MemoryCopy(source, target, Piece, Piece);
                source += Piece;
                target += Piece;
            }

            Poll(context);
        }

        Buffer.MemoryCopy(source, target, left, left);
    }

    /// <summary><c>memory.fill</c>.</summary>
    public static void MemoryFill(nint context, int to, int value, int count)
    {
        nint memory = *(nint*)(context + Context.MemoryBase);
        if ((ulong)(uint)to + (uint)count > *(ulong*)(memory + Context.MemoryLength))
            Traps.MemoryOutOfBounds();
        byte* target = (byte*)memory + (uint)to;
        uint left = (uint)count;
        for (; left > Piece; left -= Piece, target += Piece)
        {
            Unsafe.InitBlockUnaligned(target, (byte)value, Piece);
            Poll(context);
        }

        Unsafe.InitBlockUnaligned(target, (byte)value, left);
    }

    /// <summary><c>memory.init</c>.</summary>
    public static void MemoryInit(nint context, int segment, int to, int from, int count)
    {
        nint memory = *(nint*)(context + Context.MemoryBase);
        ReadOnlySpan<byte> data = ManagedInstance.Of(context).DataSegment(segment);
        if ((ulong)(uint)to + (uint)count > *(ulong*)(memory + Context.MemoryLength) || (ulong)(uint)from + (uint)count > (uint)data.Length)
            Traps.MemoryOutOfBounds();
        data = data.Slice(from, count);
        byte* target = (byte*)memory + (uint)to;
        for (; data.Length > Piece; data = data[(int)Piece..], target += Piece)
        {
            data[..(int)Piece].CopyTo(new Span<byte>(target, (int)Piece));
            Poll(context);
        }

        data.CopyTo(new Span<byte>(target, data.Length));
    }

    /// <summary><c>data.drop</c>.</summary>
    public static void DataDrop(nint context, int segment) => ManagedInstance.Of(context).DropData(segment);

    /// <summary><c>table.get</c>.</summary>
    public static nint TableGet(nint table, int index)
    {
        TableRecord* record = (TableRecord*)table;
        if ((uint)index >= (ulong)record->Length)
            Traps.TableOutOfBounds();
        return record->Elements[(uint)index];
    }

    /// <summary><c>table.set</c>.</summary>
    public static void TableSet(nint table, int index, nint value)
    {
        TableRecord* record = (TableRecord*)table;
        if ((uint)index >= (ulong)record->Length)
            Traps.TableOutOfBounds();
        record->Dirty = 1;
        record->Elements[(uint)index] = value;
    }

    /// <summary><c>table.grow</c>: the former size, or -1.</summary>
    public static int TableGrow(nint table, nint value, int count) => Tables.Grow((TableRecord*)table, value, (uint)count);

    /// <summary><c>table.fill</c>.</summary>
    public static void TableFill(nint table, int to, nint value, int count)
    {
        TableRecord* record = (TableRecord*)table;
        if ((ulong)(uint)to + (uint)count > (ulong)record->Length)
            Traps.TableOutOfBounds();
        record->Dirty = 1;
        new Span<nint>(record->Elements + (uint)to, count).Fill(value);
    }

    /// <summary><c>table.copy</c>.</summary>
    public static void TableCopy(nint context, int toTable, int fromTable, int to, int from, int count)
    {
        ManagedInstance instance = ManagedInstance.Of(context);
        TableRecord* target = instance.Table(toTable);
        TableRecord* source = instance.Table(fromTable);
        if ((ulong)(uint)to + (uint)count > (ulong)target->Length || (ulong)(uint)from + (uint)count > (ulong)source->Length)
            Traps.TableOutOfBounds();
        target->Dirty = 1;
        new Span<nint>(source->Elements + (uint)from, count).CopyTo(new Span<nint>(target->Elements + (uint)to, count));
    }

    /// <summary><c>table.init</c>.</summary>
    public static void TableInit(nint context, int table, int segment, int to, int from, int count) =>
        ManagedInstance.Of(context).InitTable(table, segment, (uint)to, (uint)from, (uint)count);

    private static void Poll(nint context)
    {
        if (Volatile.Read(ref *(int*)(context + Context.Interrupt)) != 0)
            OnLoop(context);
    }

    /// <summary><c>elem.drop</c>.</summary>
    public static void ElementDrop(nint context, int segment) => ManagedInstance.Of(context).DropElements(segment);
}
