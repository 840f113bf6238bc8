namespace PSSandbox.Processes;

/// <summary>A limit that was met or an act that was refused.</summary>
/// <param name="Time">When.</param>
/// <param name="Kind">What, as a stable word: <c>memory</c>, <c>processes</c>, <c>storage</c>, <c>descriptors</c>, <c>time</c>, <c>cpu</c>, <c>fuel</c>, <c>network</c>, <c>output</c>, <c>stack</c>, <c>internal</c>.</param>
/// <param name="ProcessId">By whom; 0 for the sandbox as a whole.</param>
/// <param name="Message">One sentence with the limit and its value.</param>
public sealed record Violation(DateTimeOffset Time, string Kind, int ProcessId, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Message}";
}
