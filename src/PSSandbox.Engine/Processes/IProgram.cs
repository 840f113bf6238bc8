namespace PSSandbox.Processes;

/// <summary>What a process runs: a shell, a native command, a WebAssembly instance.</summary>
internal interface IProgram
{
    /// <summary>
    /// Runs to the end on the calling thread. Waits only through the process's own blocking calls, and looks at
    /// <see cref="Process.Attention"/> often (in every loop iteration of a guest's making).
    /// </summary>
    /// <returns>The exit status; its low 8 bits count.</returns>
    /// <exception cref="ProcessExitException">The process ends from within.</exception>
    int Run(Process process);
}
