using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_datasync: what is written is as safe as it gets already (fdatasync). EINVAL for what is no file.</summary>
internal static class FdDatasync
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_datasync", "i", FdSync.Call);
}
