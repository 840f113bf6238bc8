using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Who a process is: getid, setpgid, setsid, setuid, setgid, getpriority, setpriority; and exit_status.</summary>
internal static class IdentityCalls
{
    private const int LeastNice = -20;
    private const int MostNice = 19;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("getid", "i", GetId),
        new("setpgid", "ii", SetGroup),
        new("setsid", "", NewSession),
        new("setuid", "i", SetUser),
        new("setgid", "i", SetUserGroup),
        new("getpriority", "i", GetPriority),
        new("setpriority", "ii", SetPriority),
        new("exit_status", "i", SetExitStatus),
    ];

    private static int GetId(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) => arguments[0].I32 switch
    {
        0 => process.Process.Id,
        1 => process.Process.Parent?.Id ?? 0,
        2 or 3 => process.Process.User.UserId,
        4 or 5 => process.Process.User.GroupId,
        6 => process.Process.GroupId,
        7 => process.Process.SessionId,
        _ => Result(Errno.EINVAL),
    };

    private static int SetGroup(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        Result(process.Process.Kernel.SetGroup(process.Process, arguments[0].I32, arguments[1].I32));

    private static int NewSession(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.Process.Kernel.NewSession(process.Process);
        return error != Errno.None ? Result(error) : process.Process.SessionId;
    }

    private static int SetUser(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Credentials user = process.Process.User;
        if (arguments[0].I32 < 0)
            return Result(Errno.EINVAL);
        if (user.UserId != 0 && user.UserId != arguments[0].I32)
            return Result(Errno.EPERM);
        process.Process.User = user with { UserId = arguments[0].I32 };
        return 0;
    }

    private static int SetUserGroup(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Credentials user = process.Process.User;
        if (arguments[0].I32 < 0)
            return Result(Errno.EINVAL);
        if (user.UserId != 0 && user.GroupId != arguments[0].I32)
            return Result(Errno.EPERM);
        process.Process.User = user with { GroupId = arguments[0].I32 };
        return 0;
    }

    private static Process? Find(WasiProcess process, int pid) => pid == 0 ? process.Process : process.Process.Kernel.Find(pid);

    /// <summary>20 - nice, so that it is never negative.</summary>
    private static int GetPriority(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        Find(process, arguments[0].I32) is { } target ? 20 - target.Nice : Result(Errno.ESRCH);

    private static int SetPriority(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (Find(process, arguments[0].I32) is not { } target)
            return Result(Errno.ESRCH);
        int nice = Math.Clamp(arguments[1].I32, LeastNice, MostNice);
        int user = process.Process.User.UserId;
        if (user != 0 && user != target.User.UserId)
            return Result(Errno.EPERM);
        if (user != 0 && nice < target.Nice)
            return Result(Errno.EACCES);
        target.Nice = nice;
        return 0;
    }

    private static int SetExitStatus(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        process.ExitStatus = arguments[0].I32;
        return 0;
    }
}
