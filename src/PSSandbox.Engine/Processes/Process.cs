using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>
/// Anything that runs in a sandbox: a shell, a native command, a WebAssembly instance. Its own thread changes it; other
/// threads read it and send it signals.
/// </summary>
internal sealed partial class Process : IBlockingCaller
{
    private string[] _environment;
    private volatile ProcessState _state;

    /// <summary>Makes a process that inherits from its parent; <see cref="Kernel.Fork"/> puts it on the table.</summary>
    internal Process(Kernel kernel, int pid, Process? parent)
    {
        Kernel = kernel;
        Id = pid;
        Parent = parent;
        StartTime = kernel.Clock.Uptime;
        if (parent is null)
        {
            Job = new Job();
            GroupId = SessionId = pid;
            Root = WorkingDirectory = kernel.Files.Root;
            Descriptors = new DescriptorTable(kernel.Options.MaxDescriptors);
            Arguments = ["init"];
            _environment = [];
            UMask = 0x12;
            Limits = ResourceLimits.Of(kernel.Options);
        }
        else
        {
            GroupId = parent.GroupId;
            SessionId = parent.SessionId;
            Job = parent.Job;
            Root = parent.Root;
            WorkingDirectory = parent.WorkingDirectory;
            User = parent.User;
            UMask = parent.UMask;
            Nice = parent.Nice;
            Arguments = parent.Arguments;
            ExecutablePath = parent.ExecutablePath;
            _environment = parent._environment;
            Descriptors = parent.Descriptors.Clone();
            ControllingTerminal = parent.ControllingTerminal;
            _ignored = parent._ignored;
            Limits = parent.Limits;
        }

        TakeLimits(Limits);
    }

    /// <summary>The kernel that it belongs to.</summary>
    public Kernel Kernel { get; }

    /// <summary>Process id.</summary>
    public int Id { get; }

    /// <summary>Who started it; init (1) once that has ended. Null only for init.</summary>
    public Process? Parent { get; internal set; }

    /// <summary>What the host counts it to; set anew for what the host starts, before it runs.</summary>
    public Job Job { get; internal set; }

    /// <summary>Process group.</summary>
    public int GroupId { get; internal set; }

    /// <summary>Session.</summary>
    public int SessionId { get; internal set; }

    /// <summary>Argument vector, as byte strings.</summary>
    public string[] Arguments { get; set; }

    /// <summary>Path of the file it executes; empty before the first exec.</summary>
    public string ExecutablePath { get; set; } = "";

    /// <summary>Environment, <c>NAME=value</c> entries. Never changed in place: replaced as a whole.</summary>
    public string[] Environment
    {
        get => _environment;
        set => _environment = value;
    }

    /// <summary>Where absolute paths begin.</summary>
    public Node Root { get; set; }

    /// <summary>Where relative paths begin.</summary>
    public Node WorkingDirectory { get; set; }

    /// <summary>File mode creation mask.</summary>
    public int UMask { get; set; }

    /// <summary>User and group.</summary>
    public Credentials User { get; set; }

    /// <summary>Nice value, -20 to 19.</summary>
    public int Nice { get; set; }

    /// <summary>Descriptors.</summary>
    public DescriptorTable Descriptors { get; }

    /// <summary>What it runs; set before it is started.</summary>
    public IProgram? Program { get; set; }

    /// <summary>When it was made, since the kernel's start.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Its state. While a foreground child runs on its thread it sleeps, or is stopped if a signal said so.</summary>
    public ProcessState State
    {
        get => _state == ProcessState.Running && _inlineChild is not null
            ? _stop == Signal.None ? ProcessState.Sleeping : ProcessState.Stopped
            : _state;
        private set => _state = value;
    }

    /// <summary>How it ended; meaningful once <see cref="State"/> is Zombie or Reaped.</summary>
    public WaitStatus ExitStatus { get; private set; }

    /// <summary>Who asks and from where, for the file system.</summary>
    public PathContext Paths => new(Root, WorkingDirectory, User, this);

    /// <summary>The same with relative paths beginning at an open directory. EBADF, ENOTDIR.</summary>
    /// <param name="directory">A descriptor; below 0 means the working directory.</param>
    /// <param name="context">The context.</param>
    public Errno PathsAt(int directory, out PathContext context)
    {
        context = Paths;
        if (directory < 0)
            return Errno.None;
        OpenFile? file = Descriptors[directory];
        if (file is null)
            return Errno.EBADF;
        if (file.Node is not { IsDirectory: true } node)
            return Errno.ENOTDIR;
        context = context with { Start = node };
        return Errno.None;
    }

    /// <summary>Writes all bytes to a descriptor. EPIPE sends SIGPIPE first, as POSIX write does.</summary>
    public Errno WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        OpenFile? file = Descriptors[descriptor];
        if (file is null)
            return Errno.EBADF;
        while (bytes.Length > 0)
        {
            Errno error = Write(file, bytes, out int count);
            if (error != Errno.None)
                return error;
            bytes = bytes[count..];
        }

        return Errno.None;
    }

    /// <summary>Writes to an open file. EPIPE sends SIGPIPE, whose default action ends the process here.</summary>
    public Errno Write(OpenFile file, ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        Errno error = _fileSizeLimit == ResourceLimit.Unlimited ? Errno.None : FitFileSize(file, ref bytes);
        if (error != Errno.None)
            return error;
        error = file.Write(bytes, this, out count);
        if (error == Errno.EPIPE)
        {
            Deliver(Signal.PIPE);
            CheckSignals();
        }
        else if (error == Errno.EINTR && Attention)
        {
            CheckSignals();
        }

        return error;
    }

    /// <summary>Writes to an open file at a given offset. EFBIG sends SIGXFSZ, as <see cref="Write"/> does at the process's limit.</summary>
    public Errno WriteAt(OpenFile file, ReadOnlySpan<byte> bytes, long offset, out int count)
    {
        count = 0;
        if (_fileSizeLimit != ResourceLimit.Unlimited && bytes.Length > 0)
        {
            if (offset >= _fileSizeLimit)
                return CheckFileSize(long.MaxValue);
            bytes = bytes[..(int)Math.Min(bytes.Length, _fileSizeLimit - offset)];
        }

        return file.WriteAt(bytes, offset, out count);
    }

    /// <summary>Reads from an open file; a fatal signal that interrupts ends the process here.</summary>
    public Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        Errno error = file.Read(buffer, this, out count);
        if (error == Errno.EINTR && Attention)
            CheckSignals();
        return error;
    }
}
