using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Shell.Interactive;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>history</c> (bash manual 9.2).</summary>
internal static class HistoryBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "acd:npsrw");
        CommandHistory history = shell.History;
        char action = '\0';
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case '?':
                    return 2;
                case 'c':
                    history.Clear();
                    shell.UnsavedHistory = 0;
                    break;
                case 'd':
                    if (!Delete(shell, history, options.Argument))
                        return 1;
                    break;
            }

            action = option;
        }

        string? operand = options.Index < arguments.Count ? arguments[options.Index] : null;
        switch (action)
        {
            case 's':
                ForgetThis(shell);
                if (operand is not null)
                    shell.Remember(string.Join(' ', arguments.Skip(options.Index)));
                return 0;
            case 'p':
                ForgetThis(shell);
                var expansion = new HistoryExpansion(history);
                for (int i = options.Index; shell.IsArgument(arguments, i); i++)
                {
                    if (expansion.Expand(arguments[i], quotes: false) is not { } text)
                    {
                        shell.Error($"history: {arguments[i]}: history expansion failed");
                        return 1;
                    }

                    shell.Out.Append(text + "\n");
                }

                return 0;
            case 'a' or 'n' or 'r' or 'w':
                return Transfer(shell, history, action, operand ?? shell.Variables.Get("HISTFILE"));
            case 'c' or 'd':
                return 0;
        }

        int count = history.Entries.Count;
        if (operand is not null && (!int.TryParse(operand, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count)))
        {
            shell.Error($"history: {operand}: numeric argument required");
            return 1;
        }

        for (int i = Math.Max(0, history.Entries.Count - Math.Abs(count)); i < history.Entries.Count; i++)
            shell.Out.Append($"{history.FirstNumber + i,5}  {history.Entries[i]}\n");
        return 0;
    }

    /// <summary>The command that is running is not to be in the history itself.</summary>
    private static void ForgetThis(ShellInterpreter shell)
    {
        CommandHistory history = shell.History;
        if (shell.Has(ShellOptions.History) && history.Entries.Count > 0 && history.Entries[^1].StartsWith("history", StringComparison.Ordinal))
            history.RemoveAt(history.Entries.Count - 1);
    }

    private static bool Delete(ShellInterpreter shell, CommandHistory history, string range)
    {
        int dash = range.IndexOf('-', 1 <= range.Length ? 1 : 0);
        string first = dash > 0 ? range[..dash] : range;
        string last = dash > 0 ? range[(dash + 1)..] : range;
        if (!TryIndex(history, first, out int from) || !TryIndex(history, last, out int to) || from > to)
        {
            shell.Error($"history: {range}: history position out of range");
            return false;
        }

        for (int i = to; i >= from; i--)
            history.RemoveAt(i);
        return true;
    }

    private static bool TryIndex(CommandHistory history, string text, out int index)
    {
        index = -1;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return false;
        index = number < 0 ? history.Entries.Count + number : number - history.FirstNumber;
        return index >= 0 && index < history.Entries.Count;
    }

    private static int Transfer(ShellInterpreter shell, CommandHistory history, char action, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return 0;
        bool reads = action is 'n' or 'r';
        if (reads)
        {
            Errno missing = shell.ReadSource(path, out string text);
            if (missing != Errno.None)
                return Fail(shell, path, missing);
            foreach (string line in text.Split('\n'))
                history.Add(line);
            return 0;
        }

        int count = action == 'a' ? Math.Min(shell.UnsavedHistory, history.Entries.Count) : history.Entries.Count;
        shell.UnsavedHistory = 0;
        OpenFlags flags = OpenFlags.WriteOnly | OpenFlags.Create | (action == 'a' ? OpenFlags.Append : OpenFlags.Truncate);
        Errno error = shell.Process.Kernel.Files.Open(shell.Process.Paths, path, flags, 0x180, out OpenFile? file);
        if (error != Errno.None)
            return Fail(shell, path, error);
        ReadOnlySpan<byte> bytes = ByteText.ToBytes(string.Concat(history.Entries.Skip(history.Entries.Count - count).Select(static e => e + "\n")));
        while (error == Errno.None && bytes.Length > 0)
        {
            error = shell.Process.Write(file!, bytes, out int written);
            bytes = bytes[written..];
        }

        file!.Release();
        return error == Errno.None ? 0 : Fail(shell, path, error);
    }

    private static int Fail(ShellInterpreter shell, string path, Errno error)
    {
        shell.Error($"history: {path}: {error.Message()}");
        return 1;
    }
}
