using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>caller</c> and <c>help</c>.</summary>
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

        for (int i = 1; shell.IsArgument(arguments, i); i++)
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
}
