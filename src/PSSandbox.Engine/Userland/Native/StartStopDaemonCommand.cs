using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>start-stop-daemon: starts a program unless it runs already, or stops it.</summary>
internal static class StartStopDaemonCommand
{
    private const int FileMode = 0x1a4;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command(
        "start-stop-daemon", "/sbin", "-S|-K [-bmoqtv] [-x EXE] [-a NAME] [-n NAME] [-p PIDFILE] [-u USER] [-c USER] [-d DIR] [-s SIG] [-- ARGS]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse(
            "+SKbmoqtvx:a:n:p:u:c:d:s:N:",
            "start:S", "stop:K", "background:b", "make-pidfile:m", "oknodo:o", "quiet:q", "test:t", "verbose:v", "exec:x", "startas:a",
            "name:n", "pidfile:p", "user:u", "chuid:c", "chdir:d", "signal:s", "nicelevel:N");
        if (options is null)
            return 1;
        if (options.Has('S') == options.Has('K') || options.Has('S') && !options.Has('x') && !options.Has('a')
            || options.Has('K') && !options.Has('x') && !options.Has('p') && !options.Has('n') && !options.Has('u'))
        {
            return context.Usage();
        }

        List<Process> found = FindProcesses(context, options);
        return options.Has('S') ? Start(context, options, found) : Stop(context, options, found);
    }

    private static List<Process> FindProcesses(CommandContext context, CommandOptions options)
    {
        var found = new List<Process>(context.Kernel.Processes);
        found.RemoveAll(p => p == context.Process || p == context.Kernel.Init || p.State == ProcessState.Zombie);
        if (options.Value('p') is { } file)
        {
            int pid = FileText.Read(context.Process, file, out string? text) == Errno.None
                && int.TryParse(text!.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
            found.RemoveAll(p => p.Id != pid);
        }

        if (options.Value('x') is { } path)
            found.RemoveAll(p => p.ExecutablePath != path);
        if (options.Value('n') is { } name)
            found.RemoveAll(p => ProcessText.NameOf(p) != name);
        if (options.Value('u') is { } user)
            found.RemoveAll(p => !context.Users.TryFindUser(user, out int id, out _) || p.User.UserId != id);
        return found;
    }

    private static int Start(CommandContext context, CommandOptions options, List<Process> found)
    {
        string path = options.Value('a') ?? options.Value('x')!;
        if (found.Count > 0)
        {
            if (!options.Has('q'))
                context.Out.WriteLine($"{path} is already running");
            return options.Has('o') ? 0 : 1;
        }

        if (options.Has('t'))
            return 0;
        if (options.Value('d') is { } directory && !WorkingDirectory.TryChange(context, directory))
            return 1;
        if (options.Value('N') is { } nice && int.TryParse(nice, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            context.Process.Nice = Math.Clamp(context.Process.Nice + value, -20, 19);
        string[] program = [path, .. options.Operands];
        Process process = context.Process;
        if (options.Has('b'))
        {
            int status = context.Fork(program, out Process? child);
            if (child is null)
                return status;
            process = child;
            context.Kernel.NewSession(child);
        }

        if (options.Value('c') is { } user && !TryBecome(context, process, user))
        {
            if (process != context.Process)
                process.Deliver(Signal.KILL);
            return 1;
        }

        if (options.Has('m') && options.Value('p') is { } file && !WritePid(context, file, process.Id))
            return 1;
        if (process == context.Process)
            return context.Exec(program);
        process.Start();
        return 0;
    }

    private static bool TryBecome(CommandContext context, Process process, string user)
    {
        string[] parts = user.Split(':', 2);
        if (!context.Users.TryFindUser(parts[0], out int id, out int group) || parts.Length == 2 && !context.Users.TryFindGroup(parts[1], out group))
        {
            context.Error($"unknown user {user}");
            return false;
        }

        if (context.Process.User.UserId != 0 && context.Process.User.UserId != id)
        {
            context.Error("setuid: Operation not permitted");
            return false;
        }

        process.User = new Credentials(id, group);
        return true;
    }

    private static bool WritePid(CommandContext context, string path, int pid)
    {
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate;
        Errno error = context.Kernel.Files.Open(context.Process.Paths, path, Flags, FileMode & ~context.Process.UMask, out OpenFile? file);
        if (error == Errno.None)
        {
            error = context.Process.Write(file!, ByteText.ToBytes($"{pid}\n"), out _);
            file!.Release();
        }

        if (error != Errno.None)
            context.Error($"can't write pidfile '{path}': {error.Message()}");
        return error == Errno.None;
    }

    private static int Stop(CommandContext context, CommandOptions options, List<Process> found)
    {
        Signal signal = Signal.TERM;
        if (options.Value('s') is { } name && !Signals.TryParse(name, out signal))
        {
            context.Error($"bad signal name '{name}'");
            return 1;
        }

        if (found.Count == 0)
        {
            if (!options.Has('q'))
                context.Out.WriteLine("no process found; none killed");
            return options.Has('o') ? 0 : 1;
        }

        int status = 0;
        foreach (Process process in found)
        {
            Errno error = options.Has('t') ? Errno.None : context.Kernel.Kill(context.Process, process.Id, signal);
            if (error == Errno.None)
            {
                if (!options.Has('q'))
                    context.Out.WriteLine($"stopped process {process.Id}");
                continue;
            }

            context.Error($"can't kill pid {process.Id}: {error.Message()}");
            status = 1;
        }

        return status;
    }
}
