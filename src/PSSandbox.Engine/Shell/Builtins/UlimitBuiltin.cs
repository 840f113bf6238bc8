using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>ulimit</c>: shows the sandbox's limits; the number of descriptors may be lowered, others are the sandbox's.</summary>
internal static class UlimitBuiltin
{
    private static readonly (char Letter, string Name, string Unit, long Scale)[] Resources =
    [
        ('R', "real-time non-blocking time", "microseconds, ", 1),
        ('c', "core file size", "blocks, ", 1024),
        ('d', "data seg size", "kbytes, ", 1024),
        ('e', "scheduling priority", "", 1),
        ('f', "file size", "blocks, ", 1024),
        ('i', "pending signals", "", 1),
        ('l', "max locked memory", "kbytes, ", 1024),
        ('m', "max memory size", "kbytes, ", 1024),
        ('n', "open files", "", 1),
        ('p', "pipe size", "512 bytes, ", 512),
        ('q', "POSIX message queues", "bytes, ", 1),
        ('r', "real-time priority", "", 1),
        ('s', "stack size", "kbytes, ", 1024),
        ('t', "cpu time", "seconds, ", 1),
        ('u', "max user processes", "", 1),
        ('v', "virtual memory", "kbytes, ", 1024),
        ('x', "file locks", "", 1),
    ];

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "SHaRcdefilmnpqrstuvx");
        var letters = new List<char>();
        bool all = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'S' or 'H':
                    break;
                case 'a':
                    all = true;
                    break;
                case '?':
                    return 2;
                default:
                    letters.Add(option);
                    break;
            }
        }

        if (all)
        {
            foreach ((char letter, string name, string unit, long scale) in Resources)
                shell.Out.Append($"{name,-20} {$"({unit}-{letter})",15} {Format(Get(shell, letter), scale)}\n");
            return 0;
        }

        if (letters.Count == 0)
            letters.Add('f');
        if (options.Index >= arguments.Count)
        {
            foreach (char letter in letters)
            {
                (_, string name, string unit, long scale) = Array.Find(Resources, r => r.Letter == letter);
                if (letters.Count > 1)
                    shell.Out.Append($"{name,-20} {$"({unit}-{letter})",15} ");
                shell.Out.Append(Format(Get(shell, letter), scale) + "\n");
            }

            return 0;
        }

        foreach (char letter in letters)
        {
            int status = Set(shell, letter, arguments[options.Index]);
            if (status != 0)
                return status;
        }

        return 0;
    }

    private static long Get(ShellInterpreter shell, char letter)
    {
        var options = shell.Process.Kernel.Options;
        return letter switch
        {
            'c' or 'e' or 'l' or 'r' => 0,
            'n' => shell.Process.Descriptors.Limit,
            'p' => FileSystem.Pipe.AtomicSize,
            'u' => options.MaxProcesses == 0 ? long.MaxValue : options.MaxProcesses,
            'v' or 'm' or 'd' => options.MaxMemoryBytes == 0 ? long.MaxValue : options.MaxMemoryBytes,
            's' => Processes.ProcessThreads.StackBytes,
            't' => options.MaxCpuTime == TimeSpan.Zero ? long.MaxValue : (long)options.MaxCpuTime.TotalSeconds,
            _ => long.MaxValue,
        };
    }

    private static int Set(ShellInterpreter shell, char letter, string text)
    {
        (_, string name, _, long scale) = Array.Find(Resources, r => r.Letter == letter);
        long present = Get(shell, letter);
        long wanted;
        if (text is "hard" or "soft")
        {
            return 0;
        }
        else if (text == "unlimited")
        {
            wanted = long.MaxValue;
        }
        else if (!long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out wanted))
        {
            shell.Error($"ulimit: {text}: invalid number");
            return 1;
        }
        else
        {
            wanted = wanted > long.MaxValue / scale ? long.MaxValue : wanted * scale;
        }

        if (wanted == present)
            return 0;
        if (wanted > present)
        {
            shell.Error($"ulimit: {name}: cannot modify limit: {FileSystem.ErrnoText.Message(FileSystem.Errno.EPERM)}");
            return 1;
        }

        if (letter == 'n')
        {
            shell.Process.Descriptors.Limit = (int)wanted;
            return 0;
        }

        if (letter is 'c' or 's')
            return 0;
        shell.Error($"ulimit: {name}: cannot modify limit: {FileSystem.ErrnoText.Message(FileSystem.Errno.ENOTSUP)}");
        return 1;
    }

    private static string Format(long value, long scale) =>
        value == long.MaxValue ? "unlimited" : (value / scale).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
