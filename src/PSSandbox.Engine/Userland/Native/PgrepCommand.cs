using System.Globalization;
using System.Text.RegularExpressions;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>pgrep and pkill: list or signal the processes whose name or command line matches a pattern.</summary>
internal static class PgrepCommand
{
    private const int NothingFound = 1;
    private const int BadUse = 2;

    /// <summary>pgrep.</summary>
    public static NativeCommand Pgrep { get; } =
        NativeProgram.Command("pgrep", "/usr/bin", "[-flanovxc] [-s SID] [-P PPID] [-u USER] [-d DELIM] PATTERN", List);

    /// <summary>pkill.</summary>
    public static NativeCommand Pkill { get; } =
        NativeProgram.Command("pkill", "/usr/bin", "[-l] [-SIGNAL] [-fnovxe] [-s SID] [-P PPID] [-u USER] PATTERN", Send);

    private static int List(CommandContext context)
    {
        CommandOptions? options = context.Parse("flanovxcs:P:u:U:d:");
        if (options is null)
            return BadUse;
        if (!TryMatch(context, options, out List<Process> found))
            return BadUse;
        if (options.Has('c'))
        {
            context.Out.WriteLine($"{found.Count}");
        }
        else
        {
            string delimiter = options.Value('d') ?? "\n";
            for (int i = 0; i < found.Count; i++)
            {
                Process process = found[i];
                string text = options.Has('a') || options.Has('l') && options.Has('f') ? $"{process.Id} {ProcessText.CommandLine(process)}"
                    : options.Has('l') ? $"{process.Id} {ProcessText.NameOf(process)}"
                    : $"{process.Id}";
                context.Out.Write(text).Write(i + 1 < found.Count ? delimiter : "\n");
            }
        }

        return found.Count == 0 ? NothingFound : 0;
    }

    private static int Send(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        if (!arguments.IsEmpty && arguments[0] == "-l")
            return KillCommand.List(context, arguments[1..]);
        Signal signal = Signal.TERM;
        if (!arguments.IsEmpty && arguments[0].StartsWith('-') && Signals.TryParse(arguments[0].AsSpan(1), out Signal given))
        {
            signal = given;
            arguments = arguments[1..];
        }

        CommandOptions? options = CommandOptions.Parse(arguments, "fnovxes:P:u:U:z:", ["signal:z", "full:f", "exact:x", "newest:n", "oldest:o"], out string? error);
        if (options is null)
        {
            context.Error(error!);
            context.Usage();
            return BadUse;
        }

        if (options.Value('z') is { } name && !Signals.TryParse(name, out signal))
        {
            context.Error($"bad signal name '{name}'");
            return BadUse;
        }

        if (!TryMatch(context, options, out List<Process> found))
            return BadUse;
        int status = NothingFound;
        foreach (Process process in found)
        {
            Errno failure = context.Kernel.Kill(context.Process, process.Id, signal);
            if (failure == Errno.None)
                status = 0;
            else
                context.Error($"killing pid {process.Id} failed: {failure.Message()}");
            if (options.Has('e') && failure == Errno.None)
                context.Out.WriteLine($"{ProcessText.NameOf(process)} killed (pid {process.Id})");
        }

        return status;
    }

    private static bool TryMatch(CommandContext context, CommandOptions options, out List<Process> found)
    {
        found = [];
        Regex? pattern = null;
        if (options.Operands.Count > 1 || options.Operands.Count == 0 && !options.Has('s') && !options.Has('P') && !options.Has('u') && !options.Has('U'))
        {
            context.Usage();
            return false;
        }

        if (options.Operands.Count == 1)
        {
            string text = options.Operands[0];
            try
            {
                pattern = new Regex(options.Has('x') ? $"^(?:{text})$" : text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                context.Error($"bad regex '{text}'");
                return false;
            }
        }

        int user = -1;
        if ((options.Value('u') ?? options.Value('U')) is { } name && !context.Users.TryFindUser(name, out user, out _))
        {
            context.Error($"unknown user {name}");
            return false;
        }

        foreach (Process process in context.Kernel.Processes)
        {
            if (process == context.Process || process.State == ProcessState.Zombie)
                continue;
            bool matches = (pattern?.IsMatch(options.Has('f') ? ProcessText.CommandLine(process) : ProcessText.NameOf(process)) ?? true)
                && IsGiven(options.Value('P'), process.Parent?.Id ?? 0)
                && IsGiven(options.Value('s'), process.SessionId)
                && (user < 0 || process.User.UserId == user);
            if (matches != options.Has('v'))
                found.Add(process);
        }

        if (found.Count > 1 && options.Has('n'))
            found = [found[^1]];
        else if (found.Count > 1 && options.Has('o'))
            found = [found[0]];
        return true;
    }

    private static bool IsGiven(string? list, int number) =>
        list is null || Array.Exists(list.Split(','), n => n == number.ToString(CultureInfo.InvariantCulture));
}
