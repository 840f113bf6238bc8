using System.Globalization;
using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>Figures of the system as uptime, w and top show them.</summary>
internal static class SystemFiguresText
{
    /// <summary>The load averages of /proc/loadavg, three numbers.</summary>
    public static string[] Load(CommandContext context)
    {
        string[] fields = FileText.Read(context.Process, "/proc/loadavg", out string? text) == Errno.None ? text!.Split(' ') : [];
        return fields.Length >= 3 ? fields[..3] : ["0.00", "0.00", "0.00"];
    }

    /// <summary>The line of uptime.</summary>
    public static string UptimeLine(CommandContext context)
    {
        TimeSpan up = context.Kernel.Clock.Uptime;
        DateTime now = DateTime.UnixEpoch.AddTicks(context.Kernel.Clock.RealNanoseconds / 100);
        string days = up.Days == 0 ? "" : up.Days == 1 ? "1 day, " : $"{up.Days} days, ";
        string rest = up.Hours > 0 ? $"{up.Hours,2}:{up.Minutes:00}" : $"{up.Minutes} min";
        return string.Create(CultureInfo.InvariantCulture, $" {now:HH:mm:ss} up {days}{rest},  0 users,  load average: {string.Join(", ", Load(context))}");
    }
}
