using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>A native command as a program: gives its body a context, and its output to the descriptors.</summary>
/// <param name="name">The command's name.</param>
/// <param name="usage">Its usage, without the words before the first argument.</param>
/// <param name="main">What it does; gives the exit status.</param>
internal sealed class NativeProgram(string name, string usage, Func<CommandContext, int> main) : IProgram
{
    /// <summary>Describes a command that is run by this.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="directory">The directory that its file is in.</param>
    /// <param name="usage">Its usage, without its name.</param>
    /// <param name="main">What it does; gives the exit status.</param>
    public static NativeCommand Command(string name, string directory, string usage, Func<CommandContext, int> main)
    {
        var program = new NativeProgram(name, usage, main);
        return new NativeCommand(name, directory, () => program);
    }

    /// <inheritdoc/>
    public int Run(Process process)
    {
        var context = new CommandContext(process, name, usage);
        int status = main(context);
        return context.Out.Flush() ? status : Math.Max(status, 1);
    }
}
