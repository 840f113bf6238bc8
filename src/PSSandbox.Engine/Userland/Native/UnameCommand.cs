using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>uname: tells the system's names.</summary>
internal static class UnameCommand
{
    private const string Order = "snrvmpio";

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("uname", "/bin", "[-amnrspvio]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse(
            "amnrspvio", "all:a", "machine:m", "nodename:n", "kernel-release:r", "kernel-name:s", "processor:p", "kernel-version:v", "hardware-platform:i", "operating-system:o");
        if (options is null)
            return 1;
        if (options.Operands.Count > 0)
            return context.Usage();
        bool all = options.Has('a');
        var names = new List<string>();
        foreach (char letter in Order)
        {
            // -a leaves out what is not known.
            bool wanted = all ? letter is not ('p' or 'i') : options.Has(letter) || letter == 's' && options.Given.Count == 0;
            if (wanted)
                names.Add(NameOf(context, letter));
        }

        context.Out.WriteLine(string.Join(' ', names));
        return 0;
    }

    private static string NameOf(CommandContext context, char letter) => letter switch
    {
        's' => SystemIdentity.SystemName,
        'n' => context.Kernel.HostName,
        'r' => SystemIdentity.Release,
        'v' => SystemIdentity.Version,
        'm' => SystemIdentity.Machine,
        'o' => "PSSandbox",
        _ => "unknown",
    };
}
