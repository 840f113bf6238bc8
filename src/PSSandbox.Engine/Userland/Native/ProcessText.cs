using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>How processes are shown and found by name.</summary>
internal static class ProcessText
{
    /// <summary>The name by which a process is found: its file's, at most 15 bytes, as /proc/PID/comm has it.</summary>
    public static string NameOf(Process process)
    {
        string path = process.ExecutablePath.Length > 0 ? process.ExecutablePath : process.Arguments.Length > 0 ? process.Arguments[0] : "";
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > 15 ? name[..15] : name;
    }

    /// <summary>The whole command line; the name in brackets where there is none. Control characters are shown as '?'.</summary>
    public static string CommandLine(Process process)
    {
        string line = process.Arguments.Length == 0 ? $"[{NameOf(process)}]" : string.Join(' ', process.Arguments);
        return Printable(line);
    }

    /// <summary>A text whose control characters are shown as '?': another process must not write to the terminal by its name.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f', StringComparison.Ordinal))
            return text;
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                target[i] = source[i] is < ' ' or '\x7f' ? '?' : source[i];
        });
    }

    /// <summary>The state as ps shows it: R, S, T, Z, with N or &lt; for a nice value and s for a session's leader.</summary>
    public static string State(Process process)
    {
        string state = process.State switch
        {
            ProcessState.Running => "R",
            ProcessState.Stopped => "T",
            ProcessState.Zombie or ProcessState.Reaped => "Z",
            _ => "S",
        };
        if (process.Nice != 0)
            state += process.Nice < 0 ? "<" : "N";
        return state;
    }

    /// <summary>Minutes and seconds of CPU time: <c>0:07</c>.</summary>
    public static string CpuTime(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes}:{time.Seconds:00}");

    /// <summary>Hours, minutes and seconds: <c>00:00:07</c>.</summary>
    public static string LongCpuTime(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary>Kibibytes, with m or g where that is too long for a column, as top and ps show sizes.</summary>
    public static string Size(long bytes)
    {
        long kibibytes = bytes >> 10;
        return kibibytes < 100_000 ? $"{kibibytes}" : kibibytes < 100_000L << 10 ? $"{kibibytes >> 10}m" : $"{kibibytes >> 20}g";
    }
}
