using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>ulimit</c> (POSIX XCU, bash manual 4.1): shows and sets the limits of the shell and of what it starts.</summary>
internal static class UlimitBuiltin
{
    private const Resource Pipe = (Resource)(-1);

    private static readonly Limit[] BashLimits =
    [
        new('R', Resource.RealTimeTimeout, "real-time non-blocking time", "microseconds, ", 1),
        new('c', Resource.Core, "core file size", "blocks, ", 1024),
        new('d', Resource.Data, "data seg size", "kbytes, ", 1024),
        new('e', Resource.NicePriority, "scheduling priority", "", 1),
        new('f', Resource.FileSize, "file size", "blocks, ", 1024),
        new('i', Resource.PendingSignals, "pending signals", "", 1),
        new('l', Resource.LockedMemory, "max locked memory", "kbytes, ", 1024),
        new('m', Resource.ResidentSet, "max memory size", "kbytes, ", 1024),
        new('n', Resource.OpenFiles, "open files", "", 1),
        new('p', Pipe, "pipe size", "512 bytes, ", 512),
        new('q', Resource.MessageQueues, "POSIX message queues", "bytes, ", 1),
        new('r', Resource.RealTimePriority, "real-time priority", "", 1),
        new('s', Resource.Stack, "stack size", "kbytes, ", 1024),
        new('t', Resource.CpuTime, "cpu time", "seconds, ", 1),
        new('u', Resource.Processes, "max user processes", "", 1),
        new('v', Resource.AddressSpace, "virtual memory", "kbytes, ", 1024),
        new('x', Resource.FileLocks, "file locks", "", 1),
    ];

    /// <summary>Those of dash and ash, which count files in blocks of 512 bytes and know processes by another letter.</summary>
    private static readonly Limit[] AlmquistLimits =
    [
        new('t', Resource.CpuTime, "time(seconds)", "", 1),
        new('f', Resource.FileSize, "file(blocks)", "", 512),
        new('d', Resource.Data, "data(kbytes)", "", 1024),
        new('s', Resource.Stack, "stack(kbytes)", "", 1024),
        new('c', Resource.Core, "coredump(blocks)", "", 512),
        new('m', Resource.ResidentSet, "memory(kbytes)", "", 1024),
        new('l', Resource.LockedMemory, "locked memory(kbytes)", "", 1024),
        new('p', Resource.Processes, "process", "", 1),
        new('n', Resource.OpenFiles, "nofiles", "", 1),
        new('v', Resource.AddressSpace, "vmemory(kbytes)", "", 1024),
        new('w', Resource.FileLocks, "locks", "", 1),
        new('r', Resource.RealTimePriority, "rtprio", "", 1),
    ];

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments) =>
        shell.IsBash ? RunBash(shell, arguments) : RunAlmquist(shell, arguments);

    /// <summary>bash: each letter may be followed by a value of its own, in the same word or the next.</summary>
    private static int RunBash(ShellInterpreter shell, List<string> arguments)
    {
        var wanted = new List<(Limit Limit, string? Value)>();
        bool soft = false, hard = false, all = false;
        int at = 1;
        for (; at < arguments.Count && arguments[at] is { Length: > 1 } word && word[0] == '-'; at++)
        {
            if (word == "--")
            {
                at++;
                break;
            }

            for (int i = 1; i < word.Length; i++)
            {
                char letter = word[i];
                soft |= letter == 'S';
                hard |= letter == 'H';
                all |= letter == 'a';
                if (letter is 'S' or 'H' or 'a')
                    continue;
                if (Array.Find(BashLimits, l => l.Letter == letter) is not { } limit)
                {
                    shell.Error($"ulimit: -{letter}: invalid option");
                    shell.Usage("ulimit");
                    return 2;
                }

                string? value = null;
                if (i + 1 < word.Length)
                    value = word[(i + 1)..];
                else if (at + 1 < arguments.Count && !arguments[at + 1].StartsWith('-'))
                    value = arguments[++at];
                wanted.Add((limit, value));
                break;
            }
        }

        if (all)
        {
            foreach (Limit limit in BashLimits)
                Show(shell, limit, named: true, hard && !soft);
            return 0;
        }

        if (wanted.Count == 0)
            wanted.Add((Array.Find(BashLimits, static l => l.Letter == 'f')!, at < arguments.Count ? arguments[at] : null));
        foreach ((Limit limit, string? value) in wanted)
        {
            if (value is null)
                Show(shell, limit, wanted.Count > 1, hard && !soft);
            else if (Set(shell, limit, value, soft, hard) is { } problem)
                return Refuse(shell, limit, problem);
        }

        return 0;

        static int Refuse(ShellInterpreter shell, Limit limit, string problem)
        {
            shell.Error($"ulimit: {problem.Replace("%", $"{limit.Name}: cannot modify limit: ", StringComparison.Ordinal)}");
            return 1;
        }
    }

    /// <summary>dash and ash: the last letter counts, and one value at the end.</summary>
    private static int RunAlmquist(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "SHatfdscmlpnvwru");
        bool soft = false, hard = false, all = false;
        char chosen = 'f';
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'S':
                    soft = true;
                    break;
                case 'H':
                    hard = true;
                    break;
                case 'a':
                    all = true;
                    break;
                case '?':
                    return 2;
                default:
                    chosen = option == 'u' ? 'p' : option;
                    break;
            }
        }

        bool sets = options.Index < arguments.Count;
        if (sets && (all || options.Index + 1 < arguments.Count))
        {
            shell.Error("ulimit: too many arguments");
            return 2;
        }

        if (all)
        {
            foreach (Limit limit in AlmquistLimits)
                shell.Out.Append($"{limit.Name,-20} {Text(Value(shell, limit, hard && !soft), limit.Scale)}\n");
            return 0;
        }

        Limit one = Array.Find(AlmquistLimits, l => l.Letter == chosen)!;
        if (!sets)
        {
            Show(shell, one, named: false, hard && !soft);
            return 0;
        }

        if (Set(shell, one, arguments[options.Index], soft, hard) is not { } problem)
            return 0;
        shell.Error(problem[0] == '%' ? $"ulimit: error setting limit ({problem[1..]})" : "ulimit: bad number");
        return 2;
    }

    private static void Show(ShellInterpreter shell, Limit limit, bool named, bool hard)
    {
        if (named)
            shell.Out.Append($"{limit.Name,-20}{$"({limit.Unit}-{limit.Letter}) ",21}");
        shell.Out.Append(Text(Value(shell, limit, hard), Scale(shell, limit)) + "\n");
    }

    private static long Value(ShellInterpreter shell, Limit limit, bool hard)
    {
        if (limit.Resource == Pipe)
            return FileSystem.Pipe.AtomicSize;
        ResourceLimit present = shell.Process.Limits[limit.Resource];
        return hard ? present.Hard : present.Soft;
    }

    /// <summary>In POSIX mode bash counts in blocks of 512 bytes, too.</summary>
    private static long Scale(ShellInterpreter shell, Limit limit) => shell.IsPosix && limit.Letter is 'c' or 'f' ? 512 : limit.Scale;

    private static string Text(long value, long scale) =>
        value == ResourceLimit.Unlimited ? "unlimited" : (value / scale).ToString(CultureInfo.InvariantCulture);

    /// <summary>Sets a limit: the soft and the hard one unless just one is meant. Null, or what is wrong; a percent sign stands for the limit's name.</summary>
    private static string? Set(ShellInterpreter shell, Limit limit, string text, bool soft, bool hard)
    {
        if (limit.Resource == Pipe)
            return "%" + Errno.EINVAL.Message();
        if (!soft && !hard)
            soft = hard = true;
        ResourceLimit present = shell.Process.Limits[limit.Resource];
        long value;
        if (shell.IsBash && text == "hard")
            value = present.Hard;
        else if (shell.IsBash && text == "soft")
            value = present.Soft;
        else if (text == "unlimited")
            value = ResourceLimit.Unlimited;
        else if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return $"{text}: invalid number";
        else if (text.Length == 0)
            value = 0;
        else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value > long.MaxValue / Scale(shell, limit))
            return $"{text}: limit out of range";
        else
            value *= Scale(shell, limit);
        Errno error = shell.Process.SetLimit(limit.Resource, new ResourceLimit(soft ? value : present.Soft, hard ? value : present.Hard));
        return error == Errno.None ? null : "%" + error.Message();
    }

    private sealed record Limit(char Letter, Resource Resource, string Name, string Unit, long Scale);
}
