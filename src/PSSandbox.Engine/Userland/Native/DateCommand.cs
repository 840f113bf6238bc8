using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>date: shows the time, or another one, in any form.</summary>
internal static class DateCommand
{
    private const long Second = 1_000_000_000;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("date", "/bin", "[-u] [-d TIME] [-r FILE] [-R] [-I[SPEC]] [+FMT]", Main);

    private static int Main(CommandContext context)
    {
        string? iso = null;
        var arguments = new List<string>();
        foreach (string argument in context.Arguments)
        {
            // -I has an optional argument, which only the same word can hold.
            if (argument.StartsWith("-I", StringComparison.Ordinal))
                iso = argument[2..];
            else if (argument == "--iso-8601" || argument.StartsWith("--iso-8601=", StringComparison.Ordinal))
                iso = argument.Length > 10 ? argument[11..] : "";
            else
                arguments.Add(argument);
        }

        CommandOptions? options = CommandOptions.Parse(
            [.. arguments], "ud:r:Rs:D:", ["utc:u", "date:d", "reference:r", "rfc-2822:R", "rfc-email:R", "set:s"], out string? error);
        if (options is null)
        {
            context.Error(error!);
            return context.Usage();
        }

        string? format = null;
        foreach (string operand in options.Operands)
        {
            if (operand.StartsWith('+') && format is null)
            {
                format = operand[1..];
                continue;
            }

            return operand.StartsWith('+') ? context.Usage() : Refuse(context, operand);
        }

        if (options.Value('s') is { } set)
            return Refuse(context, set);
        string? zoneText = Array.Find(context.Process.Environment, e => e.StartsWith("TZ=", StringComparison.Ordinal))?[3..];
        PosixTimeZone zone = options.Has('u') ? PosixTimeZone.Utc : PosixTimeZone.Parse(zoneText);
        long nanoseconds = context.Kernel.Clock.RealNanoseconds;
        if (options.Value('r') is { } path)
        {
            Errno failure = context.Kernel.Files.GetStatus(context.Process.Paths, path, true, out FileStatus status);
            if (failure != Errno.None)
            {
                context.Error($"{path}: {failure.Message()}");
                return 1;
            }

            nanoseconds = status.ModificationTime;
        }

        if (options.Value('d') is { } text)
        {
            var parser = new DateParser(text, nanoseconds, zone);
            if (!parser.TryParse(out nanoseconds))
            {
                context.Error($"invalid date '{text}'");
                return 1;
            }
        }

        if (iso is not null)
            format = IsoFormat(iso);
        else if (options.Has('R'))
            format = "%a, %d %b %Y %H:%M:%S %z";
        if (format is null && iso is not null)
        {
            context.Error($"invalid argument '{iso}' to -I");
            return 1;
        }

        (long seconds, long rest) = Math.DivRem(nanoseconds, Second);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + Second);
        context.Out.WriteLine(TimeFormat.Format(format ?? "%a %b %e %H:%M:%S %Z %Y", seconds, (int)rest, zone));
        return 0;
    }

    private static string? IsoFormat(string precision) => precision switch
    {
        "" or "date" => "%Y-%m-%d",
        "hours" => "%Y-%m-%dT%H%z",
        "minutes" => "%Y-%m-%dT%H:%M%z",
        "seconds" => "%Y-%m-%dT%H:%M:%S%z",
        "ns" => "%Y-%m-%dT%H:%M:%S,%N%z",
        _ => null,
    };

    /// <summary>Nobody sets the host's clock.</summary>
    private static int Refuse(CommandContext context, string time)
    {
        if (!new DateParser(time, 0, PosixTimeZone.Utc).TryParse(out _))
            context.Error($"invalid date '{time}'");
        else
            context.Error("can't set date: Operation not permitted");
        return 1;
    }
}
