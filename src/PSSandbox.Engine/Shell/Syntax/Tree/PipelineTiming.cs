namespace PSSandbox.Shell.Syntax;

/// <summary>Whether a pipeline has the reserved word <c>time</c> before it.</summary>
internal enum PipelineTiming : byte
{
    /// <summary>Not timed.</summary>
    None,

    /// <summary><c>time</c>: the format of TIMEFORMAT.</summary>
    Default,

    /// <summary><c>time -p</c>: the format of POSIX.</summary>
    Posix,
}
