using System.Globalization;

namespace PSSandbox.Userland.Native;

/// <summary>nice: runs a program with a changed nice value, or tells it.</summary>
internal static class NiceCommand
{
    private const int DefaultAdjustment = 10;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("nice", "/bin", "[-n ADJUST] [PROG ARGS]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = ParseOldStyle(context) ?? context.Parse("+n:", "adjustment:n");
        if (options is null)
            return 125;
        if (options.Operands.Count == 0)
        {
            context.Out.WriteLine($"{context.Process.Nice}");
            return 0;
        }

        int adjustment = DefaultAdjustment;
        if (options.Value('n') is { } text && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out adjustment))
        {
            context.Error($"invalid number '{text}'");
            return 125;
        }

        int nice = Math.Clamp(context.Process.Nice + Math.Clamp(adjustment, -40, 40), -20, 19);
        if (nice < context.Process.Nice && context.Process.User.UserId != 0)
            context.Error("setpriority: Permission denied");
        else
            context.Process.Nice = nice;
        return context.Exec([.. options.Operands]);
    }

    /// <summary><c>nice -5 PROG</c>, as of old.</summary>
    private static CommandOptions? ParseOldStyle(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        if (arguments.IsEmpty || arguments[0].Length < 2 || arguments[0][0] != '-' || !char.IsAsciiDigit(arguments[0][1]))
            return null;
        return CommandOptions.Parse(["-n", arguments[0][1..], .. arguments[1..]], "+n:", [], out _);
    }
}
