using System.Collections.Concurrent;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// A number for a function type, equal in all modules for equal types. Types of up to twenty values are their number
/// themselves; larger ones are numbered as they come.
/// </summary>
internal static class TypeIdentity
{
    private const int MaxPacked = 20;
    private const ulong NumberedBit = 1UL << 63;

    private static readonly ConcurrentDictionary<string, ulong> Numbered = new(StringComparer.Ordinal);
    private static long _last;

    /// <summary>The identity of a type.</summary>
    public static long Of(WasmFunctionType type)
    {
        WasmValueType[] parameters = type.Parameters;
        WasmValueType[] results = type.Results;
        if (parameters.Length + results.Length <= MaxPacked)
        {
            // Base 8, a separator between parameters and results: no two types give the same number.
            ulong packed = 1;
            foreach (WasmValueType value in parameters)
                packed = (packed << 3) | Digit(value);
            packed <<= 3;
            foreach (WasmValueType value in results)
                packed = (packed << 3) | Digit(value);
            return (long)packed;
        }

        char[] key = new char[parameters.Length + results.Length + 1];
        for (int i = 0; i < parameters.Length; i++)
            key[i] = (char)parameters[i];
        for (int i = 0; i < results.Length; i++)
            key[parameters.Length + 1 + i] = (char)results[i];
        return (long)Numbered.GetOrAdd(new string(key), static _ => NumberedBit | (ulong)Interlocked.Increment(ref _last));
    }

    private static ulong Digit(WasmValueType type) => type switch
    {
        WasmValueType.I32 => 1,
        WasmValueType.I64 => 2,
        WasmValueType.F32 => 3,
        WasmValueType.F64 => 4,
        WasmValueType.V128 => 5,
        WasmValueType.FuncRef => 6,
        _ => 7,
    };
}
