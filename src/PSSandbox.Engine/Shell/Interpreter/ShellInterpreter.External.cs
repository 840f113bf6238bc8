using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Finding commands on PATH and running them (POSIX XCU 2.9.1.4).
internal sealed partial class ShellInterpreter
{
    private Dictionary<string, HashEntry> _hash = [];
    private bool _hashShared;
    private string? _hashedPath;
    private HashSet<string>? _disabledBuiltins;

    /// <summary>Remembered places of commands.</summary>
    public IReadOnlyDictionary<string, HashEntry> Hash => _hash;

    /// <summary>Forgets where commands are: all, or one.</summary>
    public void Unhash(string? name = null)
    {
        if (name is null)
        {
            _hash = [];
            _hashShared = false;
        }
        else if (_hash.ContainsKey(name))
        {
            OwnHash().Remove(name);
        }
    }

    /// <summary>Remembers where a command is.</summary>
    public void Remember(string name, string path) => OwnHash()[name] = new HashEntry(path, 0);

    /// <summary>Switches a built-in on or off (bash <c>enable</c>).</summary>
    public void EnableBuiltin(string name, bool on)
    {
        _disabledBuiltins = _disabledBuiltins is null ? [] : [.. _disabledBuiltins];
        if (on)
            _disabledBuiltins.Remove(name);
        else
            _disabledBuiltins.Add(name);
    }

    /// <summary>The built-in of a name, unless it was switched off.</summary>
    public Builtin? FindBuiltin(string name) => IsBuiltinEnabled(name) ? BuiltinTable.Find(name) : null;

    /// <summary>Whether a built-in was not switched off.</summary>
    public bool IsBuiltinEnabled(string name) => _disabledBuiltins is null || !_disabledBuiltins.Contains(name);

    /// <summary>The path of the file that a command name runs; null if there is none.</summary>
    /// <param name="name">The name; with a slash it is the path.</param>
    /// <param name="path">The search path; null for PATH.</param>
    /// <param name="node">The file.</param>
    /// <param name="error">ENOENT, or EACCES where only files were found that may not be executed.</param>
    /// <param name="remember">Whether the place is kept for the next time, and this counted.</param>
    public string? Locate(string name, string? path, out Node? node, out Errno error, bool remember = true)
    {
        node = null;
        if (name.Contains('/'))
        {
            error = Process.Kernel.Files.Resolve(Process.Paths, name, true, out node);
            return error == Errno.None ? name : null;
        }

        bool hashes = path is null;
        path ??= Variables.Get("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        if (hashes)
        {
            if (path != _hashedPath)
            {
                if (_hashedPath is not null)
                    Unhash();
                _hashedPath = path;
            }

            if (_hash.TryGetValue(name, out HashEntry? entry))
            {
                error = Process.Kernel.Files.Resolve(Process.Paths, entry.Path, true, out node);
                if (error == Errno.None && IsExecutable(node!))
                {
                    entry.Hits += remember ? 1 : 0;
                    return entry.Path;
                }

                Unhash(name);
            }
        }

        string? found = Search(name, path, out node, out error);
        if (found is not null && hashes && remember && Has(ShellOptions.HashAll) && found[0] == '/')
            OwnHash()[name] = new HashEntry(found, 1);
        return found;
    }

    /// <summary>Looks a name up in the directories of a search path.</summary>
    private string? Search(string name, string path, out Node? node, out Errno error)
    {
        error = Errno.ENOENT;
        node = null;
        if (name.Length == 0)
            return null;
        ReadOnlySpan<char> rest = path;
        string? denied = null;
        for (int rounds = 1; ; rounds++)
        {
            if ((rounds & 0x3f) == 0)
                CheckAttention();
            int colon = rest.IndexOf(':');
            ReadOnlySpan<char> directory = colon < 0 ? rest : rest[..colon];
            string candidate = directory.Length == 0 ? "./" + name
                : directory[^1] == '/' ? string.Concat(directory, name)
                : string.Concat(directory, "/", name);
            if (Process.Kernel.Files.Resolve(Process.Paths, candidate, true, out node) == Errno.None && !node!.IsDirectory)
            {
                if (IsExecutable(node))
                {
                    error = Errno.None;
                    return candidate;
                }

                denied ??= candidate;
            }

            if (colon < 0)
                break;
            rest = rest[(colon + 1)..];
        }

        node = null;
        if (denied is not null)
            error = Errno.EACCES;
        return null;
    }

    private bool IsExecutable(Node node) =>
        node.Type == FileType.Regular && node.GetStatus(out FileStatus status) == Errno.None && VirtualFileSystem.Permits(status, Process.User, 1);

    /// <summary>Runs the file that a command name names and waits for it.</summary>
    private int RunExternal(string name, List<string> arguments, SimpleCommand? command, string? path = null)
    {
        string? file = Locate(name, path, out Node? node, out Errno error);
        if (file is null)
        {
            if (error == Errno.ENOENT && IsBash && !name.Contains('/') && _functions.TryGetValue("command_not_found_handle", out ShellFunction? handler))
            {
                arguments.Insert(0, "command_not_found_handle");
                return CallFunction(handler, arguments);
            }

            return NotRunnable(name, error);
        }

        string[] argv = [.. arguments];
        if (command is not null && ReferenceEquals(command, _execCommand) && _traps is not { Count: > 0 } && _jobs is not { Jobs.Count: > 0 })
            return Replace(name, file, node!, argv);
        if (!Fork(out Process? child))
            return LastStatus;
        error = child!.LoadNode(node!, file, argv, ProgramEnvironment());
        if (error == Errno.ENOEXEC)
            error = LoadScript(child, file, argv);
        if (error != Errno.None)
        {
            Discard(child);
            return NotRunnable(name, node!.IsDirectory ? Errno.EISDIR : error);
        }

        child.Descriptors.CloseForExec();
        _runningText = argv;
        return RunForeground([child], command);
    }

    /// <summary>The environment of programs: exported variables, and in bash exported functions.</summary>
    public string[] ProgramEnvironment()
    {
        string[] environment = Variables.GetEnvironment();
        if (!_exportsFunctions)
            return environment;
        var all = new List<string>(environment);
        foreach ((string name, ShellFunction function) in _functions)
        {
            if (!function.IsExported)
                continue;
            string text = FunctionText(function);
            all.Add($"BASH_FUNC_{name}%%={text[text.IndexOf('(')..]}");
        }

        return [.. all];
    }

    private bool _exportsFunctions;
    private string[] _runningText = [];

    /// <summary>Replaces this process by a program (exec). Returns, with a message, only if that failed.</summary>
    public int Exec(string name, List<string> arguments, string[] environment)
    {
        string? file = Locate(name, null, out Node? node, out Errno error);
        if (file is null && error == Errno.ENOENT && IsBash && !name.Contains('/'))
        {
            Error($"exec: {name}: not found");
            return 127;
        }

        return file is null ? NotRunnable(name, error) : Replace(name, file, node!, [.. arguments], environment);
    }

    private int Replace(string name, string file, Node node, string[] argv, string[]? environment = null)
    {
        environment ??= ProgramEnvironment();
        Errno error = Process.Exec(file, argv, environment);
        if (error == Errno.ENOEXEC && LoadScript(Process, file, argv, environment) is var script)
            error = script;
        if (error != Errno.None)
            return NotRunnable(name, node.IsDirectory ? Errno.EISDIR : error);
        DropSavedDescriptors();
        _replaced = true;
        _flow = ControlFlow.Exit;
        return LastStatus = 0;
    }

    /// <summary>A file that is executable and of no known kind is a script for the shell itself.</summary>
    private Errno LoadScript(Process process, string file, string[] argv, string[]? environment = null)
    {
        if (process != Process)
        {
            process.Arguments = argv;
            process.Environment = environment ?? ProgramEnvironment();
            process.ExecutablePath = file;
            process.Program = new ShellProgram(Flavor, file);
            return Errno.None;
        }

        return Process.Exec(Flavor == ShellFlavor.Bash ? "/bin/bash" : "/bin/sh", [Flavor == ShellFlavor.Bash ? "bash" : "sh", file, .. argv[1..]], environment ?? ProgramEnvironment());
    }

    private int NotRunnable(string name, Errno error)
    {
        bool found = error is not (Errno.ENOENT or Errno.ENOTDIR);
        if (error == Errno.ENOENT && !name.Contains('/'))
            Error((IsBash ? $"{name}: command not found" : $"{name}: not found") + (Process.Kernel.Loader.Explain(name) is { } advice ? $" ({advice})" : ""));
        else
            Error($"{name}: {error.Message()}");
        return found && error != Errno.ENAMETOOLONG ? 126 : 127;
    }

    private Dictionary<string, HashEntry> OwnHash()
    {
        if (_hashShared)
        {
            _hash = new Dictionary<string, HashEntry>(_hash);
            _hashShared = false;
        }

        return _hash;
    }
}
