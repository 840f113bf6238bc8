namespace PSSandbox.Wasm.Binary;

/// <summary>Type of a memory: its size in pages of 64 KiB.</summary>
internal readonly record struct MemoryType(uint Minimum, uint? Maximum)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageSize = 65536;

    /// <summary>Pages of the largest memory: 4 GiB.</summary>
    public const uint MaxPages = 65536;
}
