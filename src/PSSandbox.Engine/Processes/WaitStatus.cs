namespace PSSandbox.Processes;

/// <summary>How a child changed its state (POSIX sys/wait.h), encoded as Linux does.</summary>
/// <param name="Encoded">status &lt;&lt; 8, or the signal's number, or 0x7f | signal &lt;&lt; 8 for a stop.</param>
internal readonly record struct WaitStatus(int Encoded)
{
    /// <summary>Whether it ended by itself.</summary>
    public bool Exited => (Encoded & 0x7f) == 0;

    /// <summary>Whether a signal ended it.</summary>
    public bool Signaled => (Encoded & 0x7f) is not 0 and not 0x7f;

    /// <summary>Whether it is stopped.</summary>
    public bool Stopped => (Encoded & 0xff) == 0x7f;

    /// <summary>The signal that ended or stopped it.</summary>
    public Signal Signal => (Signal)(Stopped ? Encoded >> 8 & 0xff : Encoded & 0x7f);

    /// <summary>The status as a shell gives it: the exit status, or 128 + the signal's number.</summary>
    public int ShellStatus => Exited ? Encoded >> 8 & 0xff : 128 + (int)Signal;

    /// <summary>An exit with a status of which the low 8 bits count.</summary>
    public static WaitStatus ForExit(int status) => new((status & 0xff) << 8);

    /// <summary>The end by a signal.</summary>
    public static WaitStatus ForSignal(Signal signal) => new((int)signal);

    /// <summary>A stop by a signal.</summary>
    public static WaitStatus ForStop(Signal signal) => new(0x7f | (int)signal << 8);
}
