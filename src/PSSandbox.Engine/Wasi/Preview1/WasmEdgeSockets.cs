using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>
/// The socket functions that WasmEdge puts beside those of preview 1 in the same import module, which QuickJS is built
/// for. There is no network: they are here so that a program begins, and say so when it asks.
/// </summary>
internal static class WasmEdgeSockets
{
    /// <summary>All that are imported by programs, two of them under names of preview 1 and with other parameters.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("sock_open", "iii", Open),
        new("sock_bind", "iii", OfDescriptor),
        new("sock_listen", "ii", OfDescriptor),
        new("sock_accept", "ii", OfDescriptor),
        new("sock_connect", "iii", OfDescriptor),
        new("sock_send_to", "iiiiiii", OfDescriptor),
        new("sock_recv_from", "iiiiiii", OfDescriptor),
        new("sock_getsockopt", "iiiii", OfDescriptor),
        new("sock_setsockopt", "iiiii", OfDescriptor),
        new("sock_getlocaladdr", "iiii", OfDescriptor),
        new("sock_getpeeraddr", "iiii", OfDescriptor),
        new("sock_getaddrinfo", "iiiiiiii", Open),
    ];

    private static Errno Open(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) => Errno.ENOTSUP;

    private static Errno OfDescriptor(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        process.GetFile(arguments[0].I32, out _) is var error and not Errno.None ? error : Errno.ENOTSUP;
}
