using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>exec: replaces the program (execve, execvp).</summary>
internal static class ExecCall
{
    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } = [new("exec", "iiiiiii", Exec, mayBlock: true)];

    private static int Exec(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = SpawnCall.ReadCommand(process, memory, arguments, out string name, out string[] argv, out string[] environment);
        if (error != Errno.None)
            return Result(error);
        error = Executable.Find(process.Process, name, argv, environment, arguments[6].I32, out Executable executable);
        if (error != Errno.None)
            return Result(error);
        process.Process.Replace(executable.Program, executable.Path, executable.Arguments, environment);

        // The kernel finds the replacement as this program ends; the status is nobody's.
        throw new ProcessExitException(WaitStatus.ForExit(0));
    }
}
