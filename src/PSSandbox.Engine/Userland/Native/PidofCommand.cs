using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>pidof: tells the numbers of the processes of a name, the newest first.</summary>
internal static class PidofCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("pidof", "/bin", "[-s] [-o PID] [NAME]...", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("so:");
        if (options is null)
            return 1;
        var omitted = new HashSet<int>();
        foreach (string text in options.Values('o'))
            omitted.Add(text == "%PPID" ? context.Process.Parent?.Id ?? 0 : int.TryParse(text, CultureInfo.InvariantCulture, out int pid) ? pid : 0);
        var found = new List<string>();
        Process[] all = context.Kernel.Processes;
        Array.Reverse(all);
        foreach (string name in options.Operands)
        {
            foreach (Process process in all)
            {
                if (process.State is ProcessState.Zombie || process == context.Process || omitted.Contains(process.Id))
                    continue;
                if (ProcessText.NameOf(process) == name || process.ExecutablePath == name)
                    found.Add(process.Id.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (found.Count == 0)
            return 1;
        context.Out.WriteLine(options.Has('s') ? found[0] : string.Join(' ', found));
        return 0;
    }
}
