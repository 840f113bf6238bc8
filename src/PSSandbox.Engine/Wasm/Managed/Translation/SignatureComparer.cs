using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Compares function types by their values' types.</summary>
internal sealed class SignatureComparer : IEqualityComparer<WasmFunctionType>
{
    /// <summary>The only one.</summary>
    public static SignatureComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(WasmFunctionType? x, WasmFunctionType? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Matches(y));

    /// <inheritdoc/>
    public int GetHashCode(WasmFunctionType obj)
    {
        HashCode hash = default;
        foreach (WasmValueType type in obj.Parameters)
            hash.Add((byte)type);
        hash.Add(0);
        foreach (WasmValueType type in obj.Results)
            hash.Add((byte)type);
        return hash.ToHashCode();
    }
}
