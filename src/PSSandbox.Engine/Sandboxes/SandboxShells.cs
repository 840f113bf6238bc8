using PSSandbox.Shell.Interpreter;
using PSSandbox.Userland;

namespace PSSandbox.Sandboxes;

/// <summary>The shells as commands of a sandbox: one interpreter under four names.</summary>
internal static class SandboxShells
{
    /// <summary>Adds <c>sh</c>, <c>ash</c>, <c>dash</c> and <c>bash</c>.</summary>
    public static NativeCommandTable AddShells(this NativeCommandTable commands) => commands
        .Add(new NativeCommand("sh", "/bin", static () => new ShellProgram(ShellFlavor.Ash)))
        .Add(new NativeCommand("ash", "/bin", static () => new ShellProgram(ShellFlavor.Ash)))
        .Add(new NativeCommand("dash", "/bin", static () => new ShellProgram(ShellFlavor.Dash)))
        .Add(new NativeCommand("bash", "/bin", static () => new ShellProgram(ShellFlavor.Bash)));
}
