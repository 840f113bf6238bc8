using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

/// <summary>What runs in place of a program that cannot: says why and ends with 127 or 126 (POSIX 2.8.2).</summary>
internal sealed class FailedProgram(string name, Errno error) : IProgram
{
    /// <inheritdoc/>
    public int Run(Process process)
    {
        bool searched = error == Errno.ENOENT && !name.Contains('/');
        string reason = !searched ? error.Message() : process.Kernel.Loader.Explain(name) is { } advice ? $"not found ({advice})" : "not found";
        process.WriteAll(2, ByteText.ToBytes($"{name}: {reason}\n"));
        return error is Errno.ENOENT or Errno.ENOTDIR ? 127 : 126;
    }
}
