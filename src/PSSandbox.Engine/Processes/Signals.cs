namespace PSSandbox.Processes;

/// <summary>What POSIX signal.h tabulates of signals: names and default actions.</summary>
internal static class Signals
{
    /// <summary>One more than the greatest signal number.</summary>
    public const int Count = 65;

    private static readonly string[] Names =
    [
        "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    private static readonly string[] Descriptions =
    [
        "", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
        "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe",
        "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)",
        "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded", "File size limit exceeded", "Virtual timer expired",
        "Profiling timer expired", "Window changed", "I/O possible", "Power failure", "Bad system call",
    ];

    /// <summary>The signal's bit in a mask.</summary>
    public static ulong Bit(Signal signal) => 1UL << ((int)signal - 1);

    /// <summary>Its name without SIG; a number for one without a name.</summary>
    public static string Name(Signal signal) => (uint)signal < (uint)Names.Length ? Names[(int)signal] : ((int)signal).ToString();

    /// <summary>What a shell says of a process that it ended.</summary>
    public static string Description(Signal signal) =>
        (uint)signal < (uint)Descriptions.Length ? Descriptions[(int)signal] : $"Unknown signal {(int)signal}";

    /// <summary>Reads <c>TERM</c>, <c>SIGTERM</c>, <c>term</c> or <c>15</c>; 0 and EXIT give <see cref="Signal.None"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Signal signal)
    {
        signal = Signal.None;
        if (text.Length > 0 && char.IsAsciiDigit(text[0]))
        {
            if (!int.TryParse(text, out int number) || number < 0 || number >= Count)
                return false;
            signal = (Signal)number;
            return true;
        }

        if (text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase))
            text = text[3..];
        if (text.Equals("IOT", StringComparison.OrdinalIgnoreCase))
            text = "ABRT";
        else if (text.Equals("CLD", StringComparison.OrdinalIgnoreCase))
            text = "CHLD";
        else if (text.Equals("POLL", StringComparison.OrdinalIgnoreCase))
            text = "IO";
        for (int i = 0; i < Names.Length; i++)
        {
            if (text.Equals(Names[i], StringComparison.OrdinalIgnoreCase))
            {
                signal = (Signal)i;
                return true;
            }
        }

        return false;
    }

    /// <summary>What the signal does to a process that did not say otherwise.</summary>
    public static SignalAction DefaultAction(Signal signal) => signal switch
    {
        Signal.CHLD or Signal.URG or Signal.WINCH or Signal.None => SignalAction.Ignore,
        Signal.CONT => SignalAction.Continue,
        Signal.STOP or Signal.TSTP or Signal.TTIN or Signal.TTOU => SignalAction.Stop,
        _ => SignalAction.Terminate,
    };
}
