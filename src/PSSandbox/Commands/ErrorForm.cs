namespace PSSandbox.Commands;

/// <summary>Where the lines of standard error go.</summary>
public enum ErrorForm
{
    /// <summary>To the error stream.</summary>
    Error,

    /// <summary>To the warning stream.</summary>
    Warning,

    /// <summary>To the pipeline, in order with standard output.</summary>
    Merge,

    /// <summary>Nowhere.</summary>
    Ignore,
}
