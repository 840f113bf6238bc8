using System.Diagnostics.CodeAnalysis;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>What a native command has to do with: its process, its arguments, its output.</summary>
internal sealed class CommandContext
{
    private const int UsageStatus = 1;
    private readonly string _usage;
    private UserDatabase? _users;

    /// <summary>Makes the context of one run.</summary>
    public CommandContext(Process process, string name, string usage)
    {
        Process = process;
        Name = name;
        _usage = usage;
        Out = new OutputBuffer(process, 1);
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>The kernel.</summary>
    public Kernel Kernel => Process.Kernel;

    /// <summary>The command's name, as its messages begin with.</summary>
    public string Name { get; }

    /// <summary>Standard output.</summary>
    public OutputBuffer Out { get; }

    /// <summary>Users and groups of /etc/passwd and /etc/group.</summary>
    public UserDatabase Users => _users ??= new UserDatabase(Process);

    /// <summary>The arguments after the command's name.</summary>
    public ReadOnlySpan<string> Arguments => Process.Arguments.AsSpan(Math.Min(1, Process.Arguments.Length));

    /// <summary>Writes <c>NAME: message</c> to standard error, after what was written to standard output.</summary>
    public void Error(string message) => WriteError($"{Name}: {message}\n");

    /// <summary>Writes to standard error as it is.</summary>
    public void WriteError(string text)
    {
        Out.Flush();
        Process.WriteAll(2, ByteText.ToBytes(text));
    }

    /// <summary>Tells how the command is used; gives the exit status for that.</summary>
    public int Usage()
    {
        WriteError($"Usage: {Name} {_usage}\n");
        return UsageStatus;
    }

    /// <summary>Takes options and operands apart; null, having told why, if they are not as they should be.</summary>
    /// <param name="options">
    /// Letters, each followed by a colon if it has an argument; a leading <c>+</c> ends the options at the first operand.
    /// </param>
    /// <param name="longOptions">Long names, each with the letter that it stands for: <c>"quiet:q"</c>.</param>
    public CommandOptions? Parse(string options, params ReadOnlySpan<string> longOptions)
    {
        CommandOptions? parsed = CommandOptions.Parse(Arguments, options, longOptions, out string? error);
        if (parsed is not null)
            return parsed;
        if (error is not null)
            Error(error);
        Usage();
        return null;
    }

    /// <summary>Sleeps to the end, whatever signals come that do not end the process.</summary>
    public void Sleep(TimeSpan time)
    {
        Out.Flush();
        TimeSpan end = Kernel.Clock.Uptime + time;
        while (true)
        {
            TimeSpan left = end - Kernel.Clock.Uptime;
            if (left <= TimeSpan.Zero)
                return;
            if (Process.Sleep(left) == Errno.EINTR)
                Process.CheckSignals();
        }
    }

    /// <summary>
    /// Replaces the command by a program, found along PATH. On success the command must return at once. Gives the exit status
    /// otherwise: 127 for a program that is not there, 126 for one that cannot be run.
    /// </summary>
    public int Exec(string[] arguments)
    {
        Out.Flush();
        Errno error = Executable.Find(Process, arguments[0], arguments, Process.Environment, Executable.SearchFlag, out Executable executable);
        if (error == Errno.None)
        {
            Process.Replace(executable.Program, executable.Path, executable.Arguments, Process.Environment);
            return 0;
        }

        return CannotExecute(arguments[0], error);
    }

    /// <summary>Makes a child that will run a program, found along PATH; it is not started. Gives the exit status on failure, as <see cref="Exec"/>.</summary>
    public int Fork(string[] arguments, out Process? child)
    {
        Out.Flush();
        child = null;
        Errno error = Executable.Find(Process, arguments[0], arguments, Process.Environment, Executable.SearchFlag, out Executable executable);
        if (error != Errno.None)
            return CannotExecute(arguments[0], error);
        error = Kernel.Fork(Process, out child);
        if (error != Errno.None)
        {
            Error($"fork: {error.Message()}");
            return 1;
        }

        child!.Descriptors.CloseForExec();
        child.Arguments = executable.Arguments;
        child.ExecutablePath = executable.Path;
        child.Program = executable.Program;
        return 0;
    }

    /// <summary>Waits for a child to its end, whatever signals come that do not end the process.</summary>
    public WaitStatus Wait(Process child)
    {
        while (true)
        {
            Errno error = Process.Wait(child.Id, WaitOptions.None, out _, out WaitStatus status);
            if (error != Errno.EINTR)
                return status;
            Process.CheckSignals();
        }
    }

    /// <summary>Reads a whole file, up to 16 MiB. False, having said why, if it cannot be read.</summary>
    public bool TryReadFile(string path, [NotNullWhen(true)] out string? content)
    {
        Errno error = FileText.Read(Process, path, out content);
        if (error != Errno.None)
            Error($"{path}: {error.Message()}");
        return content is not null;
    }

    private int CannotExecute(string name, Errno error)
    {
        Error($"can't execute '{name}': {error.Message()}");
        return error == Errno.ENOENT ? 127 : 126;
    }
}
