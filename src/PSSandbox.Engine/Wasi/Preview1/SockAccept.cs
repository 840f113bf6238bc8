using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>sock_accept: accepting connections. There are no sockets: EBADF for a descriptor that is not open, else ENOTSUP.</summary>
internal static class SockAccept
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("sock_accept", "iii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        return process.GetFile(arguments[0].I32, out _) is var error and not Errno.None ? error : Errno.ENOTSUP;
    }
}
