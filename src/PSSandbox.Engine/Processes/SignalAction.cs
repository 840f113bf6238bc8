namespace PSSandbox.Processes;

/// <summary>The default actions of POSIX signal.h.</summary>
internal enum SignalAction
{
    /// <summary>The process ends.</summary>
    Terminate,

    /// <summary>Nothing happens.</summary>
    Ignore,

    /// <summary>The process stops.</summary>
    Stop,

    /// <summary>A stopped process goes on.</summary>
    Continue,
}
