using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>
/// The kernel's own system calls for WebAssembly programs, import module <c>pssandbox</c>; what each does, and its
/// layouts, is written in userland/compat/include/pssandbox.h.
/// </summary>
internal static class Functions
{
    /// <summary>All of them.</summary>
    public static ImportFunction[] All { get; } =
    [
        .. OpenCall.All,
        .. StatusCalls.All,
        .. NameCalls.All,
        .. AttributeCalls.All,
        .. DirectoryCalls.All,
        .. DescriptorCalls.All,
        .. SpawnCall.All,
        .. ExecCall.All,
        .. WaitCall.All,
        .. SignalCalls.All,
        .. IdentityCalls.All,
        .. SystemInformationCalls.All,
        .. TerminalCalls.All,
        .. HashCalls.All,
    ];

    /// <summary>An error as these calls give it: negated; 0 for success.</summary>
    public static int Result(Errno error) => -(int)error;
}
