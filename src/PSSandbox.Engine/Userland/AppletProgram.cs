using PSSandbox.Processes;

namespace PSSandbox.Userland;

/// <summary>An applet as a program: by this program's own code where that covers what is asked for, by BusyBox otherwise.</summary>
/// <param name="applet">The applet.</param>
/// <param name="module">Gives BusyBox, for a process that is running.</param>
internal sealed class AppletProgram(NativeApplet applet, Func<Process, IProgram> module) : IProgram
{
    /// <summary>The applet's name.</summary>
    public string Name => applet.Name;

    /// <inheritdoc/>
    public int Run(Process process) => applet.Run(process) ?? module(process).Run(process);
}
