using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_renumber: moves an open descriptor onto another, which is closed.</summary>
internal static class FdRenumber
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_renumber", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        DescriptorTable descriptors = process.Process.Descriptors;
        (int from, int to) = (arguments[0].I32, arguments[1].I32);
        if (descriptors[from] is null || descriptors[to] is null)
            return Errno.EBADF;
        if (from == to)
            return Errno.None;
        bool closeOnExec = descriptors.IsCloseOnExec(from);
        process.Preopens.Forget(from);
        process.Preopens.Forget(to);
        return descriptors.Set(to, descriptors.Take(from)!, closeOnExec);
    }
}
