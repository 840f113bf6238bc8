namespace PSSandbox.Shell.Syntax;

/// <summary>
/// Where source comes from line by line. The parser asks for a line only when the commands it is to return need it, so a
/// shell reading its script from a pipe leaves the rest for the commands it starts.
/// </summary>
internal interface IShellSource
{
    /// <summary>
    /// The next line with its newline; without one only at the end of the source. Null at the end. An interactive
    /// source prompts here.
    /// </summary>
    /// <param name="isContinuation">Whether a command has begun and needs more: the prompt is PS2, not PS1.</param>
    string? ReadLine(bool isContinuation);
}
