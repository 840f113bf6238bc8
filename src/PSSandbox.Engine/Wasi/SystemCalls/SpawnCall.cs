using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>spawn: starts a program as a child (posix_spawn).</summary>
internal static class SpawnCall
{
    /// <summary>Most bytes of an argument vector or an environment (ARG_MAX).</summary>
    public const int MaxStrings = 2 << 20;

    private const int GroupFlag = 2;
    private const int ActionSize = 12;
    private const int MaxActions = 1024;
    private const int DuplicateAction = 0;
    private const int CloseAction = 1;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } = [new("spawn", "iiiiiiiii", Spawn)];

    /// <summary>Reads what spawn and exec have in common: path, arguments, environment.</summary>
    internal static Errno ReadCommand(
        WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments, out string name, out string[] argv, out string[] environment)
    {
        (name, argv, environment) = ("", [], []);
        Errno error = memory.ReadPath(arguments[0].I32, arguments[1].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        name = path.ToString();
        error = memory.ReadStrings(arguments[2].I32, arguments[3].I32, MaxStrings, [], out argv);
        if (error != Errno.None)
            return error;
        return argv.Length == 0 ? Errno.EINVAL
            : memory.ReadStrings(arguments[4].I32, arguments[5].I32, MaxStrings, process.Process.Environment, out environment);
    }

    private static int Spawn(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = ReadCommand(process, memory, arguments, out string name, out string[] argv, out string[] environment);
        if (error != Errno.None)
            return Result(error);
        int count = arguments[7].I32;
        if ((uint)count > MaxActions)
            return Result(Errno.EINVAL);
        if (!memory.TrySlice(arguments[6].I32, count * ActionSize, out _))
            return Result(Errno.EFAULT);
        Process parent = process.Process;
        error = Executable.Find(parent, name, argv, environment, arguments[8].I32, out Executable executable);
        if (error != Errno.None)
            return Result(error);
        error = parent.Kernel.Fork(parent, out Process? child);
        if (error != Errno.None)
            return Result(error);
        error = Apply(memory, arguments[6].I32, count, child!.Descriptors);
        if (error != Errno.None)
        {
            child.Deliver(Signal.KILL);
            parent.Wait(child.Id, WaitOptions.None, out _, out _);
            return Result(error);
        }

        child.Descriptors.CloseForExec();
        child.ResetCaughtSignals();
        child.Arguments = executable.Arguments;
        child.Environment = environment;
        child.ExecutablePath = executable.Path;
        child.Program = executable.Program;
        if ((arguments[8].I32 & GroupFlag) != 0)
            parent.Kernel.SetGroup(parent, child.Id, child.Id);
        process.Defer(child);
        return child.Id;
    }

    private static Errno Apply(GuestMemory memory, int address, int count, DescriptorTable descriptors)
    {
        for (int i = 0; i < count; i++, address += ActionSize)
        {
            memory.TryReadInt32(address, out int operation);
            memory.TryReadInt32(address + 4, out int descriptor);
            memory.TryReadInt32(address + 8, out int from);
            switch (operation)
            {
                case DuplicateAction when from == descriptor:
                    if (descriptors.SetCloseOnExec(descriptor, false) != Errno.None)
                        return Errno.EBADF;
                    break;
                case DuplicateAction:
                    if (descriptors.Duplicate(from, descriptor) != Errno.None)
                        return Errno.EBADF;
                    break;
                case CloseAction:
                    descriptors.Close(descriptor);
                    break;
                default:
                    return Errno.EINVAL;
            }
        }

        return Errno.None;
    }
}
