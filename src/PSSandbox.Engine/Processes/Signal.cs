namespace PSSandbox.Processes;

/// <summary>Signals, with the numbers of Linux on x86-64 (POSIX signal.h).</summary>
internal enum Signal
{
    /// <summary>No signal: only checks that the target exists.</summary>
    None = 0,

    /// <summary>Terminal hung up.</summary>
    HUP = 1,

    /// <summary>Interrupt from the keyboard.</summary>
    INT = 2,

    /// <summary>Quit from the keyboard.</summary>
    QUIT = 3,

    /// <summary>Illegal instruction.</summary>
    ILL = 4,

    /// <summary>Trace trap.</summary>
    TRAP = 5,

    /// <summary>Abort.</summary>
    ABRT = 6,

    /// <summary>Bus error.</summary>
    BUS = 7,

    /// <summary>Arithmetic error.</summary>
    FPE = 8,

    /// <summary>Ends the process; cannot be caught or ignored.</summary>
    KILL = 9,

    /// <summary>User-defined.</summary>
    USR1 = 10,

    /// <summary>Invalid memory reference.</summary>
    SEGV = 11,

    /// <summary>User-defined.</summary>
    USR2 = 12,

    /// <summary>Write on a pipe without readers.</summary>
    PIPE = 13,

    /// <summary>Alarm clock.</summary>
    ALRM = 14,

    /// <summary>Request to end.</summary>
    TERM = 15,

    /// <summary>Stack fault.</summary>
    STKFLT = 16,

    /// <summary>A child ended, stopped or went on.</summary>
    CHLD = 17,

    /// <summary>Go on if stopped.</summary>
    CONT = 18,

    /// <summary>Stops the process; cannot be caught or ignored.</summary>
    STOP = 19,

    /// <summary>Stop from the keyboard.</summary>
    TSTP = 20,

    /// <summary>Background read from the terminal.</summary>
    TTIN = 21,

    /// <summary>Background write to the terminal.</summary>
    TTOU = 22,

    /// <summary>Urgent data.</summary>
    URG = 23,

    /// <summary>CPU time limit.</summary>
    XCPU = 24,

    /// <summary>File size limit.</summary>
    XFSZ = 25,

    /// <summary>Virtual timer.</summary>
    VTALRM = 26,

    /// <summary>Profiling timer.</summary>
    PROF = 27,

    /// <summary>The window changed its size.</summary>
    WINCH = 28,

    /// <summary>I/O is possible.</summary>
    IO = 29,

    /// <summary>Power failure.</summary>
    PWR = 30,

    /// <summary>Bad system call.</summary>
    SYS = 31,
}
