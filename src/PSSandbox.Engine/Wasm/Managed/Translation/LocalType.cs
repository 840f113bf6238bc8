namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Type of an IL local.</summary>
internal enum LocalType : byte
{
    /// <summary><c>int32</c>.</summary>
    I32,

    /// <summary><c>int64</c>.</summary>
    I64,

    /// <summary><c>float32</c>.</summary>
    F32,

    /// <summary><c>float64</c>.</summary>
    F64,

    /// <summary><c>Vector128&lt;byte&gt;</c>.</summary>
    V128,

    /// <summary><c>native int</c>: references and addresses.</summary>
    Native,
}
