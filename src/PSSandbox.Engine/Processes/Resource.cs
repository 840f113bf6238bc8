namespace PSSandbox.Processes;

/// <summary>What a process may be limited in, with the numbers of Linux's RLIMIT_ constants (POSIX sys/resource.h).</summary>
internal enum Resource
{
    /// <summary>CPU time, in seconds: SIGXCPU at the soft limit and each second after, SIGKILL at the hard one.</summary>
    CpuTime = 0,

    /// <summary>Length of a file that it writes, in bytes: SIGXFSZ and EFBIG.</summary>
    FileSize = 1,

    /// <summary>Its data, in bytes: ENOMEM.</summary>
    Data = 2,

    /// <summary>Its stack, in bytes; kept, without effect: depth is counted by the engine.</summary>
    Stack = 3,

    /// <summary>Size of a core file; kept, without effect: there are none.</summary>
    Core = 4,

    /// <summary>Resident set; kept, without effect, as on Linux.</summary>
    ResidentSet = 5,

    /// <summary>Processes of its user at one time: EAGAIN for another.</summary>
    Processes = 6,

    /// <summary>Descriptors are below this number: EMFILE.</summary>
    OpenFiles = 7,

    /// <summary>Locked memory; kept, without effect.</summary>
    LockedMemory = 8,

    /// <summary>Its memory, in bytes: ENOMEM.</summary>
    AddressSpace = 9,

    /// <summary>File locks; kept, without effect.</summary>
    FileLocks = 10,

    /// <summary>Queued signals; kept, without effect.</summary>
    PendingSignals = 11,

    /// <summary>Message queues; kept, without effect.</summary>
    MessageQueues = 12,

    /// <summary>Best nice value; kept, without effect.</summary>
    NicePriority = 13,

    /// <summary>Real-time priority; kept, without effect.</summary>
    RealTimePriority = 14,

    /// <summary>CPU time of a real-time process; kept, without effect.</summary>
    RealTimeTimeout = 15,
}
