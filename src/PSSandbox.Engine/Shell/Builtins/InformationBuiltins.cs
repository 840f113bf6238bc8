using PSSandbox.Shell.Interactive;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>caller help history fc bind</c>: what a script may ask and what only a terminal needs.</summary>
internal static class InformationBuiltins
{
    /// <summary><c>caller</c>.</summary>
    public static int Caller(ShellInterpreter shell, List<string> arguments)
    {
        int depth = -1;
        if (arguments.Count > 1 && (!int.TryParse(arguments[1], out depth) || depth < 0))
        {
            shell.Error($"caller: {arguments[1]}: invalid number");
            shell.Usage("caller");
            return 2;
        }

        List<CallFrame> frames = shell.Frames;
        int index = frames.Count - 1 - Math.Max(0, depth);
        if (index < 0 || index == 0 && depth >= 0 && shell.Script.Length == 0)
            return 1;
        CallFrame frame = frames[index];
        string source = index > 0 ? frames[index - 1].Source : shell.Script.Length > 0 ? shell.Script : "NULL";
        string name = index > 0 ? frames[index - 1].Name : "main";
        shell.Out.Append(depth < 0 ? $"{frame.CallLine} {source}\n" : $"{frame.CallLine} {name} {source}\n");
        return 0;
    }

    /// <summary><c>help</c>.</summary>
    public static int Help(ShellInterpreter shell, List<string> arguments)
    {
        int status = 0;
        if (arguments.Count == 1)
        {
            var names = new List<string>();
            foreach (Builtin builtin in BuiltinTable.All)
                names.Add(builtin.Name);
            names.Sort(StringComparer.Ordinal);
            foreach (string name in names)
                shell.Out.Append($"{BuiltinUsage.Of(name)}\n");
            return 0;
        }

        for (int i = 1; i < arguments.Count; i++)
        {
            if (arguments[i].StartsWith('-'))
                continue;
            if (BuiltinTable.Find(arguments[i]) is null)
            {
                shell.Error($"help: no help topics match `{arguments[i]}'.");
                status = 1;
                continue;
            }

            shell.Out.Append($"{arguments[i]}: {BuiltinUsage.Of(arguments[i])}\n");
        }

        return status;
    }

    /// <summary><c>history</c>: lists what was typed on the terminal, or with -c forgets it. <c>fc</c> is accepted in interactive shells.</summary>
    public static int History(ShellInterpreter shell, List<string> arguments)
    {
        if (arguments[0] == "history" && shell.Input is { } input)
            return ListHistory(shell, input.History, arguments);
        if (arguments[0] == "history" || shell.IsInteractive)
            return 0;
        shell.Error("fc: history is kept by interactive shells only");
        return 1;
    }

    private static int ListHistory(ShellInterpreter shell, CommandHistory history, List<string> arguments)
    {
        if (arguments.Count > 1 && arguments[1] == "-c")
        {
            history.Clear();
            return 0;
        }

        int count = history.Entries.Count;
        if (arguments.Count > 1 && (!int.TryParse(arguments[1], out count) || count < 0))
        {
            shell.Error($"history: {arguments[1]}: numeric argument required");
            return 1;
        }

        for (int i = Math.Max(0, history.Entries.Count - count); i < history.Entries.Count; i++)
            shell.Out.Append($"{history.FirstNumber + i,5}  {history.Entries[i]}\n");
        return 0;
    }

    /// <summary><c>bind</c>, <c>complete</c>, <c>compopt</c>: line editing is the terminal's; accepted so that start-up files run.</summary>
    public static int Bind(ShellInterpreter shell, List<string> arguments)
    {
        if (arguments[0] == "bind" && !shell.IsInteractive)
            shell.Error("bind: warning: line editing not enabled");
        return 0;
    }
}
