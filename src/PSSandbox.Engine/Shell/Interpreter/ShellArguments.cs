namespace PSSandbox.Shell.Interpreter;

/// <summary>The command line of a shell (POSIX XCU sh, bash manual 6.1), taken apart.</summary>
internal sealed class ShellArguments
{
    /// <summary>The text of <c>-c</c>.</summary>
    public string? Command { get; private set; }

    /// <summary>The script file.</summary>
    public string? Script { get; private set; }

    /// <summary>What <c>$0</c> becomes; null for the shell's own name.</summary>
    public string? Name { get; private set; }

    /// <summary>The positional parameters.</summary>
    public string[] Parameters { get; private set; } = [];

    /// <summary>Options of <c>set</c> to switch, in order.</summary>
    public List<(ShellOptions Option, bool On)> Options { get; } = [];

    /// <summary>Options of <c>shopt</c> to switch, in order.</summary>
    public List<(ulong Bit, bool On)> Shopts { get; } = [];

    /// <summary>Whether it is a login shell.</summary>
    public bool IsLogin { get; private set; }

    /// <summary>Whether -i was given.</summary>
    public bool IsInteractive { get; private set; }

    /// <summary>Whether -s was given.</summary>
    public bool ReadsStandardInput { get; private set; }

    /// <summary>Whether start-up files of interactive shells are left out.</summary>
    public bool SkipsRc { get; private set; }

    /// <summary>Whether start-up files of login shells are left out.</summary>
    public bool SkipsProfile { get; private set; }

    /// <summary>Whether only the version was asked for.</summary>
    public bool ShowsVersion { get; private set; }

    /// <summary>What is wrong with the command line; null if nothing.</summary>
    public string? Error { get; private set; }

    /// <summary>Takes a command line apart.</summary>
    public static ShellArguments Parse(string[] arguments)
    {
        var result = new ShellArguments();
        result.Read(arguments);
        return result;
    }

    private void Read(string[] arguments)
    {
        IsLogin = arguments[0].StartsWith('-');
        bool command = false;
        int i = 1;
        for (; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word is "--" or "-")
            {
                i++;
                break;
            }

            if (word.Length < 2 || word[0] is not ('-' or '+'))
                break;
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                if (!ReadLong(word, ref i))
                    return;
                continue;
            }

            bool on = word[0] == '-';
            int taken = 0;
            foreach (char letter in word.AsSpan(1))
            {
                switch (letter)
                {
                    case 'c' when on:
                        command = true;
                        break;
                    case 's' when on:
                        ReadsStandardInput = true;
                        break;
                    case 'i' when on:
                        IsInteractive = true;
                        break;
                    case 'l' when on:
                        IsLogin = true;
                        break;
                    case 'r':
                        break;
                    case 'o' or 'O':
                        if (i + 1 + taken >= arguments.Length)
                            break;
                        taken++;
                        if (!ReadNamed(letter, arguments[i + taken], on))
                            return;
                        break;
                    default:
                        ShellOptions option = OptionNames.OfLetter(letter);
                        if (option == ShellOptions.None)
                        {
                            Error = $"{(on ? '-' : '+')}{letter}: invalid option";
                            return;
                        }

                        Options.Add((option, on));
                        break;
                }
            }

            i += taken;
        }

        if (command)
        {
            if (i >= arguments.Length)
            {
                Error = "-c: option requires an argument";
                return;
            }

            Command = arguments[i++];
            if (i < arguments.Length)
                Name = arguments[i++];
        }
        else if (!ReadsStandardInput && i < arguments.Length)
        {
            Script = Name = arguments[i++];
        }

        Parameters = i < arguments.Length ? arguments[i..] : [];
    }

    private bool ReadLong(string word, ref int i)
    {
        switch (word)
        {
            case "--posix":
                Options.Add((ShellOptions.Posix, true));
                return true;
            case "--login":
                IsLogin = true;
                return true;
            case "--norc" or "--noediting":
                SkipsRc = true;
                return true;
            case "--noprofile":
                SkipsProfile = true;
                return true;
            case "--verbose":
                Options.Add((ShellOptions.Verbose, true));
                return true;
            case "--version":
                ShowsVersion = true;
                return true;
            case "--rcfile" or "--init-file":
                SkipsRc = true;
                i++;
                return true;
            case "--debugger" or "--restricted" or "--help":
                return true;
            default:
                Error = $"{word}: invalid option";
                return false;
        }
    }

    private bool ReadNamed(char kind, string name, bool on)
    {
        if (kind == 'o' && OptionNames.OfName(name) is not ShellOptions.None and var option)
        {
            Options.Add((option, on));
            return true;
        }

        if (kind == 'O' && Shopt.Bit(name) is not 0 and var bit)
        {
            Shopts.Add((bit, on));
            return true;
        }

        Error = $"{name}: invalid option name";
        return false;
    }
}
