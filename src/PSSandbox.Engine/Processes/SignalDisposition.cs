namespace PSSandbox.Processes;

/// <summary>What a process wants of a signal.</summary>
internal enum SignalDisposition
{
    /// <summary>The default action (SIG_DFL).</summary>
    Default,

    /// <summary>Nothing (SIG_IGN); kept by programs that it starts.</summary>
    Ignore,

    /// <summary>To handle it itself; default again in programs that it starts.</summary>
    Catch,
}
