using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>What a function reference points to, in unmanaged memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FunctionRecord
{
    /// <summary>Offset of <see cref="Context"/>.</summary>
    public const int ContextOffset = 8;

    /// <summary>Offset of <see cref="TypeId"/>.</summary>
    public const int TypeIdOffset = 16;

    /// <summary>Bytes of a record.</summary>
    public const int Size = 32;

    /// <summary>Entry point of the code.</summary>
    public nint Code;

    /// <summary>Context of the instance that the function belongs to.</summary>
    public nint Context;

    /// <summary>Identity of its type: see <see cref="TypeIdentity"/>.</summary>
    public long TypeId;

    /// <summary>Index of the function in its module.</summary>
    public long Index;
}
