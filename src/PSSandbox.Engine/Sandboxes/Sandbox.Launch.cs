using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

// From an argument vector to a process.
public sealed partial class Sandbox
{
    private SandboxProcess Launch(SandboxProcess process)
    {
        process.Begin();
        return process.IsKept ? Keep(process) : process;
    }

    // The shell of a script is the one in /bin: what else bears its name on PATH is for commands in the sandbox.
    private SandboxProcess PrepareShell(string script, SandboxRunOptions options) =>
        Prepare(
            [options.Shell, "-c", script, ByteText.FromText(options.ScriptName ?? options.Shell), .. options.Arguments.Select(ByteText.FromText)],
            options,
            path: options.Shell.Contains('/') ? null : "/bin/" + options.Shell);

    /// <summary>Makes the process with its streams, limits and program, ready to begin.</summary>
    /// <param name="arguments">Its argument vector.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="terminal">The terminal that it leads; null: it has streams.</param>
    /// <param name="path">Its file; where that is null or not there, PATH is searched for the first argument.</param>
    private SandboxProcess Prepare(string[] arguments, SandboxRunOptions options, PseudoTerminal? terminal = null, string? path = null)
    {
        if (Status != SandboxStatus.Running)
            throw new SandboxException(SandboxErrorCode.SandboxNotRunning, $"Sandbox '{Name}' is {Status}: nothing can be started in it.");
        Errno error = _kernel.Fork(_kernel.Init, out Process? process);
        if (error != Errno.None)
            throw new SandboxException(SandboxErrorCode.SandboxLimitExceeded, $"Sandbox '{Name}' has reached its limit of {Options.Limits.Processes} processes.");
        process!.Job = new Job();
        process.SessionId = process.GroupId = process.Id;
        process.Environment = MergeEnvironment(options);
        var log = options.Capture ? new OutputLog(Options.Limits.OutputBytes, options.KeepNewestOutput) : null;
        var run = new SandboxProcess(this, process, options, log);
        if (terminal is null)
        {
            process.Descriptors.Set(0, OpenInput(options));
            process.Descriptors.Set(1, new OutputFile(SandboxStream.Output, run.Sink));
            process.Descriptors.Set(2, new OutputFile(SandboxStream.Error, run.Sink));
        }
        else
        {
            Attach(process, terminal);
        }

        if (options.WorkingDirectory is { } directory)
        {
            error = _kernel.Files.Resolve(process.Paths, ByteText.FromText(directory), true, out Node? node);
            if (error == Errno.None && !node!.IsDirectory)
                error = Errno.ENOTDIR;
            if (error != Errno.None)
            {
                process.End(WaitStatus.ForExit(127));
                throw new SandboxException(SandboxErrorCode.FileNotFound, $"The working directory '{directory}' cannot be used: {error.Message()}.");
            }

            process.WorkingDirectory = node!;
        }

        error = path is null ? Errno.ENOENT : process.Load(path, arguments, process.Environment);
        if (error == Errno.ENOENT)
        {
            error = Find(process, arguments[0], out path);
            if (error == Errno.None)
                error = process.Load(path, arguments, process.Environment);
        }

        if (error == Errno.ENOEXEC)
            error = process.Load("/bin/sh", ["sh", path!, .. arguments[1..]], process.Environment);
        if (error != Errno.None)
            process.Program = new FailedProgram(arguments[0], error);
        return run;
    }

    /// <summary>Makes a process the leader of a terminal's session, with the terminal as its three streams.</summary>
    private void Attach(Process process, PseudoTerminal terminal)
    {
        OpenFile file = terminal.Open(OpenFlags.ReadWrite);
        process.Descriptors.Set(0, file);
        process.Descriptors.Set(1, file.AddReference());
        process.Descriptors.Set(2, file.AddReference());
        process.ControllingTerminal = terminal;
        terminal.ForegroundGroup = process.GroupId;
        terminal.SendSignal = (group, signal) => _kernel.Kill(null, -group, (Signal)signal);
    }

    private OpenFile OpenInput(SandboxRunOptions options)
    {
        if (options.StandardInput is { } stream)
            return new StreamInput(stream);
        return (options.Input ?? options.Channel?.Input) is { } queue ? new QueueInput(queue) : OpenNull();
    }

    private OpenFile OpenNull()
    {
        Errno error = _kernel.Files.Open(_kernel.Init.Paths, "/dev/null", OpenFlags.ReadOnly, 0, out OpenFile? file);
        return error == Errno.None ? file! : new StreamInput(Stream.Null);
    }

    private string[] MergeEnvironment(SandboxRunOptions options)
    {
        if (options.Environment.Count == 0)
            return _environment;
        var all = new Dictionary<string, string>();
        foreach (string entry in _environment)
            all[entry[..entry.IndexOf('=')]] = entry;
        foreach ((string name, string value) in options.Environment)
            all[ByteText.FromText(name)] = $"{ByteText.FromText(name)}={ByteText.FromText(value)}";
        return [.. all.Values];
    }

    /// <summary>Searches PATH as execvp does: the first file that may be executed; EACCES if there were only others.</summary>
    private Errno Find(Process process, string name, out string path)
    {
        path = name;
        if (name.Contains('/'))
            return Errno.None;
        Errno result = Errno.ENOENT;
        string? search = Array.Find(process.Environment, static e => e.StartsWith("PATH=", StringComparison.Ordinal));
        foreach (string directory in (search?[5..] ?? "/usr/bin:/bin").Split(':'))
        {
            path = directory.Length == 0 ? name : $"{directory}/{name}";
            Errno error = _kernel.Files.GetStatus(process.Paths, path, true, out FileStatus status);
            if (error != Errno.None || status.Type != FileType.Regular)
                continue;
            if (VirtualFileSystem.Permits(status, process.User, 1))
                return Errno.None;
            result = Errno.EACCES;
        }

        path = name;
        return result;
    }
}
