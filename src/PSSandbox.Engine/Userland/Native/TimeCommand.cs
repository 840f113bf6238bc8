using System.Globalization;
using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>time: runs a program and tells how long it took.</summary>
internal static class TimeCommand
{
    private const int FileMode = 0x1b6;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("time", "/usr/bin", "[-vpa] [-o FILE] [-f FORMAT] PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+vpao:f:", "verbose:v", "portability:p", "append:a", "output:o", "format:f");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0)
            return context.Usage();
        string[] program = [.. options.Operands];
        TimeSpan start = context.Kernel.Clock.Uptime;
        int status = context.Fork(program, out Process? child);
        if (child is null)
            return status;
        child.RunInline();
        WaitStatus end = context.Wait(child);
        var run = new Run(
            program,
            context.Kernel.Clock.Uptime - start,
            child.CpuTime + child.ChildrenCpuTime,
            child.PeakMemoryBytes,
            end);
        string report = options.Value('f') is { } format ? Format(run, format) + "\n"
            : options.Has('p') ? string.Create(CultureInfo.InvariantCulture, $"real {run.Real.TotalSeconds:0.00}\nuser {run.Cpu.TotalSeconds:0.00}\nsys 0.00\n")
            : options.Has('v') ? Verbose(run)
            : $"real\t{Minutes(run.Real)}\nuser\t{Minutes(run.Cpu)}\nsys\t{Minutes(TimeSpan.Zero)}\n";
        if (end.Signaled)
            report = $"Command terminated by signal {(int)end.Signal}\n{report}";
        return Write(context, options, report) ? end.ShellStatus : 1;
    }

    private sealed record Run(string[] Program, TimeSpan Real, TimeSpan Cpu, long Memory, WaitStatus End)
    {
        public int Percent => Real > TimeSpan.Zero ? (int)(100 * Cpu / Real) : 0;
    }

    private static bool Write(CommandContext context, CommandOptions options, string report)
    {
        if (options.Value('o') is not { } path)
        {
            context.WriteError(report);
            return true;
        }

        OpenFlags flags = OpenFlags.WriteOnly | OpenFlags.Create | (options.Has('a') ? OpenFlags.Append : OpenFlags.Truncate);
        Errno error = context.Kernel.Files.Open(context.Process.Paths, path, flags, FileMode & ~context.Process.UMask, out OpenFile? file);
        if (error == Errno.None)
        {
            error = context.Process.Write(file!, ByteText.ToBytes(report), out _);
            file!.Release();
        }

        if (error != Errno.None)
            context.Error($"{path}: {error.Message()}");
        return error == Errno.None;
    }

    private static string Minutes(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes}m {Math.Floor(time.TotalSeconds % 60 * 100) / 100:0.00}s");

    private static string Verbose(Run run) => $"""
        	Command being timed: "{string.Join(' ', run.Program)}"
        	User time (seconds): {Seconds(run.Cpu)}
        	System time (seconds): 0.00
        	Percent of CPU this job got: {run.Percent}%
        	Elapsed (wall clock) time (h:mm:ss or m:ss): {Minutes(run.Real)}
        	Maximum resident set size (kbytes): {run.Memory >> 10}
        	Page size (bytes): 4096
        	Exit status: {run.End.ShellStatus}

        """;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Format(Run run, string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (i + 1 == format.Length || format[i] is not ('%' or '\\'))
            {
                text.Append(format[i]);
                continue;
            }

            text.Append((format[i], format[++i]) switch
            {
                ('%', 'e') => Seconds(run.Real),
                ('%', 'E') => Minutes(run.Real),
                ('%', 'U') => Seconds(run.Cpu),
                ('%', 'S') => "0.00",
                ('%', 'P') => $"{run.Percent}%",
                ('%', 'M') => $"{run.Memory >> 10}",
                ('%', 'C') => string.Join(' ', run.Program),
                ('%', 'x') => $"{run.End.ShellStatus}",
                ('%', '%') => "%",
                ('\\', 'n') => "\n",
                ('\\', 't') => "\t",
                ('\\', '\\') => "\\",
                _ => format[(i - 1)..(i + 1)],
            });
        }

        return text.ToString();
    }
}
