using PSSandbox.FileSystem;
using PSSandbox.Shell.Interactive;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>bind</c> (bash manual 4.2): the keys of the line editor.</summary>
internal static class BindBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        if (!shell.IsInteractive)
            shell.Error("bind: warning: line editing not enabled");
        KeyBindings bindings = shell.KeyBindings;
        var options = new OptionScanner(shell, arguments, "lpsvPSVXm:f:q:u:r:x:");
        int status = 0;
        for (char option; (option = options.Next()) != '\0';)
        {
            string argument = options.Argument;
            switch (option)
            {
                case 'l':
                    foreach (string name in EditorFunctions.Names)
                        shell.Out.Append(name + "\n");
                    break;
                case 'p' or 'P':
                    foreach (string name in EditorFunctions.Names)
                        Describe(shell, name, option == 'p');
                    break;
                case 's' or 'S':
                    foreach ((string sequence, string text) in bindings.Of(KeyBindingKind.Macro))
                        shell.Out.Append(option == 's' ? $"\"{KeySequence.Format(sequence)}\": \"{KeySequence.Format(text)}\"\n" : $"{KeySequence.Format(sequence)} outputs {KeySequence.Format(text)}\n");
                    break;
                case 'X':
                    foreach ((string sequence, string text) in bindings.Of(KeyBindingKind.Command))
                        shell.Out.Append($"\"{KeySequence.Format(sequence)}\": \"{text}\"\n");
                    break;
                case 'v' or 'V':
                    foreach ((string name, string value) in bindings.Variables)
                        shell.Out.Append(option == 'v' ? $"set {name} {value}\n" : $"{name} is set to `{value}'\n");
                    break;
                case 'm':
                    if (argument is not ("emacs" or "emacs-standard" or "emacs-meta" or "emacs-ctlx" or "vi" or "vi-move" or "vi-command" or "vi-insert"))
                    {
                        shell.Error($"bind: `{argument}': invalid keymap name");
                        return 1;
                    }

                    break;
                case 'f':
                    status |= ReadFile(shell, argument);
                    break;
                case 'q' or 'u':
                    if (EditorFunctions.KeyOf(argument) is null)
                    {
                        shell.Error($"bind: `{argument}': unknown function name");
                        status = 1;
                    }
                    else if (option == 'q')
                    {
                        status |= Query(shell, argument);
                    }
                    else
                    {
                        foreach (string sequence in bindings.SequencesOf(argument))
                            bindings.Set(sequence, new KeyBinding(KeyBindingKind.None, ""));
                    }

                    break;
                case 'r':
                    bindings.Set(KeySequence.Parse(argument), new KeyBinding(KeyBindingKind.None, ""));
                    break;
                case 'x':
                    if (!TryTakeQuoted(argument, out string keys, out string command))
                    {
                        shell.Error($"bind: {argument}: first non-whitespace character is not `\"'");
                        status = 1;
                        break;
                    }

                    command = command.Length > 1 && command[0] is '"' or '\'' && command[^1] == command[0] ? command[1..^1] : command;
                    bindings.Set(KeySequence.Parse(keys), new KeyBinding(KeyBindingKind.Command, command));
                    break;
                case '?':
                    return 2;
            }
        }

        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
            Bind(shell, arguments[i]);
        return status;
    }

    private static void Describe(ShellInterpreter shell, string name, bool reusable)
    {
        List<string> sequences = shell.KeyBindings.SequencesOf(name);
        if (reusable)
        {
            foreach (string sequence in sequences)
                shell.Out.Append($"\"{KeySequence.Format(sequence)}\": {name}\n");
            if (sequences.Count == 0)
                shell.Out.Append($"# {name} (not bound)\n");
            return;
        }

        shell.Out.Append(sequences.Count == 0
            ? $"{name} is not bound to any keys\n"
            : $"{name} can be found on {string.Join(", ", sequences.ConvertAll(static s => $"\"{KeySequence.Format(s)}\""))}.\n");
    }

    private static int Query(ShellInterpreter shell, string name)
    {
        List<string> sequences = shell.KeyBindings.SequencesOf(name);
        shell.Out.Append(sequences.Count == 0
            ? $"{name} is not bound to any keys.\n"
            : $"{name} can be invoked via {string.Join(", ", sequences.ConvertAll(static s => $"\"{KeySequence.Format(s)}\""))}.\n");
        return sequences.Count == 0 ? 1 : 0;
    }

    private static int ReadFile(ShellInterpreter shell, string path)
    {
        Errno error = shell.ReadSource(path, out string text);
        if (error != Errno.None)
        {
            shell.Error($"bind: {path}: cannot read: {error.Message()}");
            return 1;
        }

        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] is not ('#' or '$'))
                Bind(shell, trimmed);
        }

        return 0;
    }

    /// <summary>One line as of an inputrc file: <c>set variable value</c>, <c>"keys": function</c>, <c>"keys": "macro"</c>, <c>Control-u: function</c>.</summary>
    private static void Bind(ShellInterpreter shell, string line)
    {
        KeyBindings bindings = shell.KeyBindings;
        if (line.StartsWith("set ", StringComparison.Ordinal))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2)
                bindings.Variables[words[1]] = words.Length > 2 ? words[2] : "on";
            return;
        }

        string sequence;
        string action;
        if (TryTakeQuoted(line, out string keys, out action))
        {
            sequence = KeySequence.Parse(keys);
        }
        else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
        {
            sequence = KeySequence.ParseName(line[..colon].Trim());
            action = line[(colon + 1)..].Trim();
        }
        else
        {
            shell.WriteError($"readline: {line}: no key sequence terminator\n");
            return;
        }

        if (action.Length > 1 && action[0] is '"' or '\'' && action[^1] == action[0])
            bindings.Set(sequence, new KeyBinding(KeyBindingKind.Macro, KeySequence.Parse(action[1..^1])));
        else if (EditorFunctions.KeyOf(action) is not null)
            bindings.Set(sequence, new KeyBinding(KeyBindingKind.Function, action));
    }

    /// <summary>Takes <c>"keys":</c> off the beginning.</summary>
    private static bool TryTakeQuoted(string line, out string keys, out string rest)
    {
        keys = rest = "";
        if (line.Length == 0 || line[0] != '"')
            return false;
        int end = 1;
        while (end < line.Length && line[end] != '"')
            end += line[end] == '\\' ? 2 : 1;
        int colon = end < line.Length ? line.IndexOf(':', end) : -1;
        if (colon < 0)
            return false;
        keys = line[1..end];
        rest = line[(colon + 1)..].Trim();
        return true;
    }
}
