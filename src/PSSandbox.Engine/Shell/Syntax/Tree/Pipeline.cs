namespace PSSandbox.Shell.Syntax;

/// <summary>Commands joined by <c>|</c>, or one command with <c>!</c> or <c>time</c> before it.</summary>
internal sealed class Pipeline(SourcePosition position, Command[] commands, bool[] pipesError, bool isNegated, PipelineTiming timing)
    : Statement(StatementKind.Pipeline, position)
{
    /// <summary>The stages; empty for a bare <c>!</c> or <c>time</c>, which bash allows.</summary>
    public Command[] Commands { get; } = commands;

    /// <summary>For stage i: whether it is followed by <c>|&amp;</c>, that is, has an implicit <c>2&gt;&amp;1</c> after its redirections. As long as <see cref="Commands"/>.</summary>
    public bool[] PipesError { get; } = pipesError;

    /// <summary>Whether an odd number of <c>!</c> stands before it.</summary>
    public bool IsNegated { get; } = isNegated;

    /// <summary>Whether it is timed, and in which format.</summary>
    public PipelineTiming Timing { get; } = timing;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
