namespace PSSandbox.Userland.Native;

/// <summary>free: tells memory used and free, of what the sandbox may take.</summary>
internal static class FreeCommand
{
    private const long Unlimited = 4L << 30;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("free", "/usr/bin", "[-bkmgh]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("bkmght", "bytes:b", "kibi:k", "mebi:m", "gibi:g", "human:h", "total:t");
        if (options is null)
            return 1;
        long total = context.Kernel.Memory.Limit == 0 ? Unlimited : context.Kernel.Memory.Limit;
        long used = context.Kernel.Memory.Used;
        long free = Math.Max(0, total - used);
        Func<long, string> show = options.Has('h')
            ? Human
            : b => $"{b >> (options.Has('b') ? 0 : options.Has('m') ? 20 : options.Has('g') ? 30 : 10)}";
        context.Out.WriteLine("              total        used        free      shared  buff/cache   available");
        context.Out.WriteLine($"Mem:    {show(total),11} {show(used),11} {show(free),11} {show(0),11} {show(0),11} {show(free),11}");
        context.Out.WriteLine($"Swap:   {show(0),11} {show(0),11} {show(0),11}");
        return 0;
    }

    private static string Human(long bytes)
    {
        const string Units = "BKMGT";
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return unit == 0 ? $"{bytes}" : $"{value:0.0}{Units[unit]}";
    }
}
