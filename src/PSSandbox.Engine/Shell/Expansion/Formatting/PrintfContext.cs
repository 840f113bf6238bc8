namespace PSSandbox.Shell.Expansion;

/// <summary>What <c>printf</c> needs of its shell.</summary>
internal sealed class PrintfContext
{
    /// <summary>Writes a diagnostic to standard error, which begins with what the shell puts before it and <c>printf: </c>.</summary>
    public required Action<string> Error { get; init; }

    /// <summary>
    /// Writes the complete lines of the output, and takes them from it, before a diagnostic: standard output is buffered by lines.
    /// </summary>
    public Action<System.Text.StringBuilder>? WriteLines { get; init; }

    /// <summary>Whether the output is for a variable: then nothing is written.</summary>
    public bool IsForVariable { get; set; }

    /// <summary>The time now, seconds since 1970-01-01 UTC.</summary>
    public required Func<long> Now { get; init; }

    /// <summary>When the shell began, seconds since 1970-01-01 UTC.</summary>
    public long ShellStart { get; init; }

    /// <summary>Gives the value of TZ.</summary>
    public Func<string?>? TimeZone { get; init; }

    /// <summary>Whether characters are UTF-8 sequences: <c>'é</c> as a number.</summary>
    public bool IsUtf8 { get; set; }

    /// <summary>dash and ash: numbers of 53 bits, and their wording of diagnostics.</summary>
    public bool IsPosix { get; init; }

    /// <summary>The shell, whose process may be ended meanwhile.</summary>
    public IExpansionHost? Host { get; init; }

    /// <summary>The greatest length of the output, in bytes.</summary>
    public int MaxLength { get; init; } = 1 << 28;
}
