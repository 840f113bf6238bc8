namespace PSSandbox.Processes;

/// <summary>The state of a process, as <c>ps</c> and /proc show it.</summary>
internal enum ProcessState
{
    /// <summary>Made, not yet begun.</summary>
    New,

    /// <summary>Running or ready to (R).</summary>
    Running,

    /// <summary>Waiting for something (S).</summary>
    Sleeping,

    /// <summary>Stopped by a signal (T).</summary>
    Stopped,

    /// <summary>Ended, its status not yet asked for (Z).</summary>
    Zombie,

    /// <summary>Ended and taken off the table.</summary>
    Reaped,
}
