using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>
/// ps: lists processes. Columns of its own as BusyBox has them; <c>ps aux</c> and <c>ps -ef</c> in the forms of procps.
/// </summary>
internal static class PsCommand
{
    private const string Default = "pid,user,time,args";
    private const string Long = "s,uid,pid,ppid,vsz,rss,tty,stime,time,cmd";
    private const string Full = "user=UID,pid,ppid,c,stime,tname,cputime,cmd";
    private const string Resources = "user,pid,%cpu,%mem,vsz,rss,tname,stat,stime=START,time,command";

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("ps", "/bin", "[-o COL1,COL2=HEADER] [-p PID] [-u USER] [-T] [aux] [-ef]", Main);

    private static int Main(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        string columns = Default;
        string[] given = arguments.ToArray();

        // Letters without a dash, as of BSD.
        if (given.Length > 0 && given[0].Length > 0 && char.IsAsciiLetter(given[0][0]))
        {
            if (given[0].Contains('u', StringComparison.Ordinal))
                columns = Resources;
            else if (given[0].Contains('l', StringComparison.Ordinal))
                columns = Long;
            given = given[1..];
        }

        CommandOptions? options = CommandOptions.Parse(given, "o:p:u:C:TeAafwHlFxdNg:", ["pid:p", "user:u", "format:o", "no-headers:N", "ppid:g"], out string? error);
        if (options is null)
        {
            context.Error(error!);
            return context.Usage();
        }

        if (options.Has('f') || options.Has('F'))
            columns = Full;
        else if (options.Has('l'))
            columns = Long;
        if (options.Has('o'))
            columns = string.Join(',', options.Values('o'));
        if (!TryParseColumns(context, columns, out List<PsColumn> shown))
            return 1;
        if (!TrySelect(context, options, out List<Process> processes))
            return 1;
        int width = context.Process.Descriptors[1]?.Terminal is { } screen && !options.Has('w') ? Math.Max(20, screen.Size.Columns) : int.MaxValue;
        if (!options.Has('N') && shown.Exists(c => c.Header.Length > 0))
            context.Out.WriteLine(Line(shown, c => c.Header, left: columns is not (Resources or Full or Long)));
        foreach (Process process in processes)
            context.Out.WriteLine(Cut(Line(shown, c => c.Value(context, process), left: false), width));
        return processes.Count == 0 ? 1 : 0;
    }

    private static string Cut(string line, int width) => line.Length > width ? line[..width] : line;

    /// <summary>Reads <c>pid,args=HEADER</c>; a header reaches to the end of its list.</summary>
    private static bool TryParseColumns(CommandContext context, string list, out List<PsColumn> columns)
    {
        columns = [];
        foreach (string item in list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? item : item[..equals];
            if (PsColumn.Find(name) is not { } column)
            {
                context.Error($"bad -o argument '{name}'");
                return false;
            }

            columns.Add(equals < 0 ? column : column with { Header = item[(equals + 1)..] });
        }

        return columns.Count > 0;
    }

    private static bool TrySelect(CommandContext context, CommandOptions options, out List<Process> processes)
    {
        processes = [.. context.Kernel.Processes];
        if (options.Value('p') is { } ids)
        {
            string[] wanted = ids.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
            processes.RemoveAll(p => Array.IndexOf(wanted, p.Id.ToString(CultureInfo.InvariantCulture)) < 0);
        }

        if (options.Value('g') is { } parents)
        {
            string[] wanted = parents.Split(',');
            processes.RemoveAll(p => Array.IndexOf(wanted, (p.Parent?.Id ?? 0).ToString(CultureInfo.InvariantCulture)) < 0);
        }

        if (options.Value('C') is { } names)
        {
            string[] wanted = names.Split(',');
            processes.RemoveAll(p => Array.IndexOf(wanted, ProcessText.NameOf(p)) < 0);
        }

        if (options.Value('u') is { } name)
        {
            if (!context.Users.TryFindUser(name, out int user, out _))
            {
                context.Error($"unknown user {name}");
                return false;
            }

            processes.RemoveAll(p => p.User.UserId != user);
        }

        return true;
    }

    /// <summary>One line; numbers are set to the right, as their headers are in the forms of procps, to the left in BusyBox's.</summary>
    private static string Line(List<PsColumn> columns, Func<PsColumn, string> value, bool left)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < columns.Count; i++)
        {
            string text = value(columns[i]);
            int width = columns[i].Width;
            if (i > 0)
                line.Append(' ');
            if (i == columns.Count - 1 && width < 0)
                line.Append(text);
            else
                line.Append(left || width < 0 ? text.PadRight(Math.Abs(width)) : text.PadLeft(width));
        }

        return line.ToString().TrimEnd(' ');
    }
}
