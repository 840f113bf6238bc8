using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>A table, in unmanaged memory. Elements are references of the size of a pointer; 0 is null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TableRecord
{
    /// <summary>Offset of <see cref="Length"/>.</summary>
    public const int LengthOffset = 8;

    /// <summary>Bytes of a record.</summary>
    public const int Size = 48;

    /// <summary>The elements.</summary>
    public nint* Elements;

    /// <summary>Number of elements.</summary>
    public long Length;

    /// <summary>Number of elements that there is room for.</summary>
    public long Capacity;

    /// <summary>The most elements.</summary>
    public long Maximum;

    /// <summary>Not zero once an element has changed since instantiation.</summary>
    public long Dirty;

    private readonly long _padding;
}
