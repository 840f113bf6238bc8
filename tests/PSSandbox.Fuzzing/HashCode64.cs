using System.Runtime.InteropServices;

namespace PSSandbox.Fuzzing;

/// <summary>A hash of bytes that is the same in every process.</summary>
internal struct HashCode64
{
    /// <summary>The hash so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong value = Value ^ (ulong)bytes.Length;
        foreach (ulong word in words)
            value = (System.Numerics.BitOperations.RotateLeft(value, 5) ^ word) * 0x9e3779b97f4a7c15;
        foreach (byte left in bytes[(words.Length * 8)..])
            value = (value ^ left) * 0x9e3779b97f4a7c15;
        Value = RandomSource.Mix(value);
    }
}
