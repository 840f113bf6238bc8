namespace PSSandbox.Shell.Expansion;

/// <summary>
/// The sandbox's memory is used up, or a value is longer than allowed. Ends the shell: the interpreter writes
/// "out of memory" and exits with status 137.
/// </summary>
internal sealed class ShellMemoryException() : Exception("out of memory")
{
    /// <summary>The exit status of the shell.</summary>
    public const int Status = 137;
}
