using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>Turns an executable file into a program (what <c>execve</c> does with a file's first bytes).</summary>
internal interface IProgramLoader
{
    /// <summary>
    /// Finds what a file runs: a WebAssembly module, a native command, a script with its interpreter. Permissions were checked.
    /// </summary>
    /// <param name="process">Who will run it.</param>
    /// <param name="file">The file, links followed.</param>
    /// <param name="path">The path by which it was named.</param>
    /// <param name="arguments">The argument vector; a script's interpreter line replaces it.</param>
    /// <param name="program">The program.</param>
    /// <returns>ENOEXEC for a file of no known kind, ENOENT or EACCES for a missing interpreter, ELOOP, ENOMEM.</returns>
    Errno Load(Process process, Node file, string path, ref string[] arguments, out IProgram? program);

    /// <summary>What a person could do about a command that is not found; null where nothing is known of it.</summary>
    string? Explain(string command) => null;
}
