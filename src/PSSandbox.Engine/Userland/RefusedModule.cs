using PSSandbox.Processes;

namespace PSSandbox.Userland;

/// <summary>Stands for a module that cannot be run: says why, and ends with status 126.</summary>
internal sealed class RefusedModule(string reason) : IProgram
{
    private const int NotRunnable = 126;

    /// <inheritdoc/>
    public int Run(Process process)
    {
        process.WriteAll(2, ByteText.ToBytes(ByteText.FromText($"{process.ExecutablePath}: cannot execute: {reason}\n")));
        return NotRunnable;
    }
}
