using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

/// <summary>
/// A sandbox: a file system, a process table, limits and a log of what was refused. Cheap to make; safe for use by
/// several threads. Disposing ends its processes and drops its files.
/// </summary>
public sealed partial class Sandbox : IDisposable
{
    private static int _made;
    private readonly Kernel _kernel;
    private readonly StorageAccount _storage;
    private readonly MemoryFileSystem _root;
    private readonly SandboxRuntime _runtime;
    private readonly string[] _environment;
    private readonly Lock _lock = new();
    private int _status = (int)SandboxStatus.Creating;

    private Sandbox(SandboxOptions options, SandboxRuntime runtime, MemoryFileSystem root)
    {
        Options = options;
        _runtime = runtime;
        _root = root;
        _storage = root.Account;
        int number = Interlocked.Increment(ref _made);
        Id = NewId();
        Name = options.Name ?? $"sandbox-{number}";
        CreatedAt = DateTimeOffset.UtcNow;
        _kernel = new Kernel(KernelOptionsOf(options), new VirtualFileSystem(root.Root), runtime.Loader);
        _kernel.Init.User = new Credentials(options.UserId, options.GroupId);
        _environment = BuildEnvironment(options);
        _storage.Violated = RecordViolation;
    }

    /// <summary>A number of twelve hexadecimal digits that no other sandbox has.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How it was made.</summary>
    public SandboxOptions Options { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Where it is in its life.</summary>
    public SandboxStatus Status => (SandboxStatus)Volatile.Read(ref _status);

    /// <summary>What it refused so far.</summary>
    public IReadOnlyList<Violation> Violations => _kernel.Violations;

    /// <summary>Raised, on the thread of the one refused, for everything refused.</summary>
    public event Action<Violation>? Violated
    {
        add => _kernel.Violated += value;
        remove => _kernel.Violated -= value;
    }

    internal Kernel Kernel => _kernel;

    internal SandboxRuntime Runtime => _runtime;

    internal StorageAccount Storage => _storage;

    /// <summary>Makes a sandbox.</summary>
    /// <exception cref="SandboxException">
    /// RuntimeMissing without a userland or the engine asked for, MountFailed for a host folder that is not there,
    /// InvalidOption for a path that is not absolute.
    /// </exception>
    public static Sandbox Create(SandboxOptions? options = null) => Create(options ?? new SandboxOptions(), null);

    private static Sandbox Create(SandboxOptions options, Image? image)
    {
        if (!options.WorkingDirectory.StartsWith('/'))
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"The working directory '{options.WorkingDirectory}' is not absolute.");
        SandboxRuntime runtime = SandboxRuntime.For(options.Engine);
        SandboxLimits limits = options.Limits;
        var storage = new StorageAccount(
            limits.StorageBytes == 0 ? long.MaxValue : limits.StorageBytes,
            limits.Inodes == 0 ? long.MaxValue : limits.Inodes);
        var root = new MemoryFileSystem(storage, image ?? runtime.BaseImage, "overlay") { Devices = DeviceTable.Default };
        var sandbox = new Sandbox(options, runtime, root);
        try
        {
            sandbox.Prepare();
        }
        catch
        {
            sandbox.Dispose();
            throw;
        }

        Volatile.Write(ref sandbox._status, (int)SandboxStatus.Running);
        return sandbox;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script's text.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it at once; the result holds what there is.</param>
    /// <exception cref="SandboxException">SandboxNotRunning, SandboxLimitExceeded.</exception>
    public SandboxResult RunShell(string script, SandboxRunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        using SandboxProcess process = PrepareShell(ByteText.FromText(script), options ?? new());
        return process.RunHere(cancellation);
    }

    /// <summary>Runs a program to its end, without a shell.</summary>
    /// <param name="arguments">The program, searched for along PATH unless it has a '/', and its arguments.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it at once; the result holds what there is.</param>
    /// <exception cref="SandboxException">SandboxNotRunning, SandboxLimitExceeded.</exception>
    public SandboxResult Run(IReadOnlyList<string> arguments, SandboxRunOptions? options = null, CancellationToken cancellation = default)
    {
        using SandboxProcess process = Prepare(Encode(arguments), options ?? new());
        return process.RunHere(cancellation);
    }

    /// <summary>Starts a script and returns at once.</summary>
    /// <param name="script">The script as UTF-8 or whatever bytes it is.</param>
    /// <param name="options">How.</param>
    public SandboxProcess StartShell(ReadOnlySpan<byte> script, SandboxRunOptions? options = null) =>
        Launch(PrepareShell(ByteText.FromBytes(script), options ?? new()));

    /// <summary>Starts a program and returns at once.</summary>
    /// <param name="arguments">The program, searched for along PATH unless it has a '/', and its arguments.</param>
    /// <param name="options">How.</param>
    public SandboxProcess Start(IReadOnlyList<string> arguments, SandboxRunOptions? options = null) =>
        Launch(Prepare(Encode(arguments), options ?? new()));

    /// <summary>Stops every process (SIGSTOP) until <see cref="Resume"/>.</summary>
    public void Suspend()
    {
        ChangeStatus(SandboxStatus.Running, SandboxStatus.Paused);
        _kernel.Kill(null, -1, Signal.STOP);
    }

    /// <summary>Lets the processes go on.</summary>
    public void Resume()
    {
        ChangeStatus(SandboxStatus.Paused, SandboxStatus.Running);
        _kernel.Kill(null, -1, Signal.CONT);
    }

    /// <summary>Ends every process; nothing can be started after. The files stay until it is disposed.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (Status is SandboxStatus.Stopped or SandboxStatus.Destroyed)
                return;
            Volatile.Write(ref _status, (int)SandboxStatus.Stopping);
        }

        _kernel.Shutdown();
        _kernel.WaitUntilIdle(TimeSpan.FromSeconds(2));
        Volatile.Write(ref _status, (int)SandboxStatus.Stopped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        if (Interlocked.Exchange(ref _status, (int)SandboxStatus.Destroyed) != (int)SandboxStatus.Destroyed)
            _kernel.Init.Descriptors.CloseAll();
    }

    /// <summary>The sandbox's name.</summary>
    public override string ToString() => Name;

    private void RecordViolation(StorageLimit limit) => _kernel.Record("storage", 0, limit switch
    {
        StorageLimit.Bytes => $"the limit of {ByteSize.Format(_storage.ByteLimit)} on the bytes of the sandbox's files was reached",
        StorageLimit.Nodes => $"the limit of {_storage.NodeLimit} on the number of the sandbox's files was reached",
        _ => $"the limit of {ByteSize.Format(_storage.FileLengthLimit)} on the length of a file was reached",
    });

    private static KernelOptions KernelOptionsOf(SandboxOptions options) => new()
    {
        HostName = ByteText.FromText(options.HostName),
        MaxProcesses = options.Limits.Processes == 0 ? 0 : options.Limits.Processes + 1,
        MaxDescriptors = options.Limits.Descriptors == 0 ? 1 << 20 : options.Limits.Descriptors,
        MaxMemoryBytes = options.Limits.MemoryBytes,
        MaxCpuTime = options.Limits.CpuTime,
        MaxFuel = options.Limits.Fuel,
    };

    private static string[] BuildEnvironment(SandboxOptions options)
    {
        var all = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOME"] = "/root",
            ["USER"] = "root",
            ["LOGNAME"] = "root",
            ["SHELL"] = "/bin/sh",
            ["LANG"] = "C.UTF-8",
            ["HOSTNAME"] = ByteText.FromText(options.HostName),
        };
        foreach ((string name, string value) in options.Environment)
            all[ByteText.FromText(name)] = ByteText.FromText(value);
        string[] environment = new string[all.Count];
        int count = 0;
        foreach ((string name, string value) in all)
            environment[count++] = $"{name}={value}";
        return environment;
    }

    private static string NewId()
    {
        Span<byte> random = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(random);
        return Hexadecimal.Lower(random[..6]);
    }

    private static string[] Encode(IReadOnlyList<string> arguments)
    {
        if (arguments is not { Count: > 0 })
            throw new SandboxException(SandboxErrorCode.InvalidOption, "There is no program to run: the argument vector is empty.");
        return [.. arguments.Select(ByteText.FromText)];
    }

    private void ChangeStatus(SandboxStatus from, SandboxStatus to)
    {
        if (Interlocked.CompareExchange(ref _status, (int)to, (int)from) != (int)from)
            throw new SandboxException(SandboxErrorCode.SandboxNotRunning, $"Sandbox '{Name}' is {Status}, not {from}.");
    }

    private void Prepare()
    {
        ProcessSource.Mount(_kernel);
        foreach (SandboxMount mount in Options.Mounts)
            Mount(mount);
        MakeDirectories(ByteText.FromText(Options.WorkingDirectory));
        Errno error = _kernel.Files.Resolve(_kernel.Init.Paths, ByteText.FromText(Options.WorkingDirectory), true, out Node? directory);
        if (error != Errno.None || directory is not { IsDirectory: true })
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"The working directory '{Options.WorkingDirectory}' cannot be used: {error.Message()}.");
        _kernel.Init.WorkingDirectory = directory;
    }

    /// <summary>Makes a directory with all that lead to it (mkdir -p), as the superuser.</summary>
    internal void MakeDirectories(string path)
    {
        PathContext context = _kernel.Init.Paths with { User = Credentials.Root };
        for (int i = path.IndexOf('/', 1); ; i = path.IndexOf('/', i + 1))
        {
            string prefix = i < 0 ? path : path[..i];
            Errno error = _kernel.Files.MakeDirectory(context, prefix, 0x1ed);
            if (error is not (Errno.None or Errno.EEXIST or Errno.EROFS))
                throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{ByteText.ToText(prefix)}' cannot be made: {error.Message()}.");
            if (i < 0)
                return;
        }
    }
}
