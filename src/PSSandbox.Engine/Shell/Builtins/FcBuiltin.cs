using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Shell.Interactive;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>fc</c> (POSIX XCU fc): lists commands of the history, edits them and runs them again.</summary>
internal static class FcBuiltin
{
    private const int ListedByDefault = 16;

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        string? editor = null;
        bool list = false, plain = false, reverse = false, again = false;
        int at = 1;
        // A negative number is no option, so the usual scanner would not do.
        for (; at < arguments.Count && arguments[at] is { Length: > 1 } word && word[0] == '-' && !char.IsAsciiDigit(word[1]); at++)
        {
            if (word == "--")
            {
                at++;
                break;
            }

            for (int i = 1; i < word.Length; i++)
            {
                switch (word[i])
                {
                    case 'l':
                        list = true;
                        continue;
                    case 'n':
                        plain = true;
                        continue;
                    case 'r':
                        reverse = true;
                        continue;
                    case 's':
                        again = true;
                        continue;
                    case 'e' when i + 1 < word.Length || at + 1 < arguments.Count:
                        editor = i + 1 < word.Length ? word[(i + 1)..] : arguments[++at];
                        break;
                    default:
                        shell.Error(word[i] == 'e' ? "fc: -e: option requires an argument" : $"fc: -{word[i]}: invalid option");
                        shell.Usage("fc");
                        return 2;
                }

                break;
            }
        }

        List<string> operands = arguments.GetRange(at, arguments.Count - at);
        CommandHistory history = shell.History;
        // The last entry is this command.
        bool isKept = (shell.IsInteractive || shell.Has(ShellOptions.History)) && history.Entries is [.., var own] && own.Contains("fc", StringComparison.Ordinal);
        int count = history.Entries.Count - (isKept ? 1 : 0);
        if (again || editor == "-")
            return RunAgain(shell, history, count, operands);
        if (count == 0)
            return 0;
        string? firstText = operands.Count > 0 ? operands[0] : null;
        string? lastText = operands.Count > 1 ? operands[1] : null;
        int first = firstText is null ? list ? Math.Max(0, count - ListedByDefault) : count - 1 : Find(history, count, firstText, list);
        int last = lastText is null ? list ? count - 1 : first : Find(history, count, lastText, list);
        if (lastText is null && firstText is not null && list && first >= 0)
            last = count - 1;
        if (first < 0 || last < 0)
        {
            shell.Error($"fc: {(int.TryParse((first < 0 ? firstText : lastText) ?? "", out _) ? "history specification out of range" : "no command found")}");
            return 1;
        }

        if (first > last)
        {
            (first, last) = (last, first);
            reverse = !reverse;
        }

        if (list)
        {
            for (int i = 0; i <= last - first; i++)
            {
                int index = reverse ? last - i : first + i;
                shell.Out.Append($"{(plain ? "" : (history.FirstNumber + index).ToString(CultureInfo.InvariantCulture))}\t {history.Entries[index]}\n");
            }

            return 0;
        }

        var chosen = new List<string>();
        for (int i = first; i <= last; i++)
            chosen.Add(history.Entries[i]);
        if (reverse)
            chosen.Reverse();
        return Edit(shell, history, count, chosen, editor ?? shell.Variables.Get("FCEDIT") ?? shell.Variables.Get("EDITOR") ?? "vi");
    }

    /// <summary>The index of an entry: by number, by distance back from the end, or by how it begins; -1 if there is none.</summary>
    private static int Find(CommandHistory history, int count, string text, bool list)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            int index = number < 0 ? count + number : number == 0 ? list ? count : count - 1 : number - history.FirstNumber;
            return Math.Clamp(index, 0, count - 1);
        }

        for (int i = count - 1; i >= 0; i--)
        {
            if (history.Entries[i].StartsWith(text, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    /// <summary><c>fc -s [old=new …] [command]</c>.</summary>
    private static int RunAgain(ShellInterpreter shell, CommandHistory history, int count, List<string> operands)
    {
        int at = 0;
        while (at < operands.Count && operands[at].Contains('='))
            at++;
        int index = count == 0 ? -1 : at < operands.Count ? Find(history, count, operands[at], list: false) : count - 1;
        if (index < 0)
        {
            shell.Error("fc: no command found");
            return 1;
        }

        string command = history.Entries[index];
        for (int i = 0; i < at; i++)
        {
            int equals = operands[i].IndexOf('=');
            if (equals > 0)
                command = command.Replace(operands[i][..equals], operands[i][(equals + 1)..], StringComparison.Ordinal);
        }

        shell.WriteError(command + "\n");
        Recall(shell, history, count, command);
        return shell.RunText(command, "fc");
    }

    /// <summary>Commands go to a file, an editor changes that, and what it left is run.</summary>
    private static int Edit(ShellInterpreter shell, CommandHistory history, int count, List<string> commands, string editor)
    {
        string path = $"/tmp/bash-fc.{shell.Process.Id}.{Environment.TickCount64:x}";
        Errno error = shell.Process.Kernel.Files.Open(shell.Process.Paths, path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180, out OpenFile? file);
        if (error == Errno.None)
        {
            error = shell.Process.Write(file!, ByteText.ToBytes(string.Concat(commands.Select(static c => c + "\n"))), out _);
            file!.Release();
        }

        if (error != Errno.None)
        {
            shell.Error($"fc: {path}: cannot open temp file: {error.Message()}");
            return 1;
        }

        try
        {
            int status = shell.RunText($"{editor} {path}", "fc");
            if (status != 0 || shell.IsLeaving)
                return status;
            error = shell.ReadSource(path, out string text);
            if (error != Errno.None)
            {
                shell.Error($"fc: {path}: {error.Message()}");
                return 1;
            }

            text = text.TrimEnd('\n');
            shell.WriteError(text + "\n");
            Recall(shell, history, count, text);
            return shell.RunText(text, "fc");
        }
        finally
        {
            shell.Process.Kernel.Files.Remove(shell.Process.Paths, path);
        }
    }

    /// <summary>What is run takes the place of this command in the history.</summary>
    private static void Recall(ShellInterpreter shell, CommandHistory history, int count, string command)
    {
        if (count < history.Entries.Count)
            history.Replace(count, command);
        else
            shell.Remember(command);
    }
}
