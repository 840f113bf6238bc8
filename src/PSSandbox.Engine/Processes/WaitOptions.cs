namespace PSSandbox.Processes;

/// <summary>Options of <c>waitpid</c>, with Linux's numbers.</summary>
[Flags]
internal enum WaitOptions
{
    /// <summary>Wait for an end.</summary>
    None = 0,

    /// <summary>Do not wait (WNOHANG).</summary>
    NoHang = 1,

    /// <summary>Tell of stops too (WUNTRACED).</summary>
    Untraced = 2,

    /// <summary>Leave the child waitable (WNOWAIT).</summary>
    NoWait = 0x1000000,
}
