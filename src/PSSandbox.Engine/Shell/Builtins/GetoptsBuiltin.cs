using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>getopts</c> (POSIX XCU getopts).</summary>
internal static class GetoptsBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count < at + 2)
        {
            shell.Usage("getopts");
            return 2;
        }

        string letters = arguments[at];
        string name = arguments[at + 1];
        if (!Variables.VariableTable.IsValidName(name))
        {
            shell.Error($"getopts: `{name}': not a valid identifier");
            return 1;
        }

        bool silent = letters.StartsWith(':');
        if (silent)
            letters = letters[1..];
        ReadOnlySpan<string> words = arguments.Count > at + 2 ? arguments.ToArray().AsSpan(at + 2) : shell.Positional;
        if (!int.TryParse(shell.Variables.Get("OPTIND"), out int index) || index < 1)
            index = 1;
        if (index != shell.GetoptsIndex)
            shell.GetoptsOffset = 0;
        int offset = shell.GetoptsOffset;
        string? argument = null;
        int status = 0;
        char option;
        if (offset == 0 || index > words.Length || offset >= words[index - 1].Length)
        {
            offset = 0;
            if (index > words.Length || words[index - 1].Length < 2 || words[index - 1][0] != '-')
                return End(shell, name, index);
            if (words[index - 1] == "--")
                return End(shell, name, index + 1);
            offset = 1;
        }

        string word = words[index - 1];
        option = word[offset++];
        int place = option == ':' ? -1 : letters.IndexOf(option);
        string result = option.ToString();
        if (place < 0)
        {
            result = "?";
            if (silent)
                argument = option.ToString();
            else if (shell.Variables.Get("OPTERR") != "0")
                shell.WriteError(shell.IsBash ? $"{shell.Name}: illegal option -- {option}\n" : $"Illegal option -{option}\n");
        }
        else if (place + 1 < letters.Length && letters[place + 1] == ':')
        {
            if (offset < word.Length)
            {
                argument = word[offset..];
            }
            else if (index < words.Length)
            {
                argument = words[index];
                index++;
            }
            else
            {
                result = silent ? ":" : "?";
                if (silent)
                    argument = option.ToString();
                else if (shell.Variables.Get("OPTERR") != "0")
                    shell.WriteError(shell.IsBash ? $"{shell.Name}: option requires an argument -- {option}\n" : $"No arg for -{option} option\n");
            }

            offset = word.Length;
        }

        if (offset >= word.Length)
        {
            index++;
            offset = 0;
        }

        shell.Variables.Assign("OPTIND", index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        shell.GetoptsIndex = index;
        shell.GetoptsOffset = offset;
        if (argument is not null)
            shell.Variables.Assign("OPTARG", argument);
        else
            shell.Variables.Unset("OPTARG");
        shell.Variables.Assign(name, result);
        return status;
    }

    private static int End(ShellInterpreter shell, string name, int index)
    {
        shell.Variables.Assign("OPTIND", index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        shell.GetoptsIndex = index;
        shell.GetoptsOffset = 0;
        shell.Variables.Unset("OPTARG");
        shell.Variables.Assign(name, "?");
        return 1;
    }
}
