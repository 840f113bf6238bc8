using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>set</c> and <c>shopt</c>.</summary>
internal static class SetBuiltin
{
    /// <summary><c>set</c>.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        if (arguments.Count == 1)
        {
            foreach (Variable variable in VariablePrinter.Sorted(shell))
                VariablePrinter.Set(shell, variable);
            if (shell.IsBash && !shell.IsPosix)
            {
                var names = new List<string>(shell.Functions.Keys);
                LargeSort.Sort(names, shell);
                foreach (string name in names)
                {
                    shell.Out.Append(shell.FunctionText(shell.Functions[name]));
                    shell.Out.Append('\n');
                }
            }

            return 0;
        }

        int i = 1;
        bool positional = false;
        for (; shell.IsArgument(arguments, i); i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                positional = true;
                i++;
                break;
            }

            if (word is "-" or "+")
            {
                if (word == "-")
                {
                    shell.ApplyOption(ShellOptions.XTrace, false);
                    shell.ApplyOption(ShellOptions.Verbose, false);
                }

                positional = i + 1 < arguments.Count;
                i++;
                break;
            }

            if (word[..Math.Min(1, word.Length)] is not ("-" or "+"))
            {
                positional = true;
                break;
            }

            bool on = word[0] == '-';
            int taken = 0;
            for (int k = 1; k < word.Length; k++)
            {
                if (word[k] == 'o')
                {
                    if (i + 1 + taken >= arguments.Count)
                    {
                        List(shell, on);
                        continue;
                    }

                    taken++;
                    string name = arguments[i + taken];
                    ShellOptions named = OptionNames.OfName(name);
                    if (named == ShellOptions.None)
                        return Invalid(shell, $"set: {name}: invalid option name", usage: false);
                    shell.ApplyOption(named, on);
                    continue;
                }

                ShellOptions option = OptionNames.OfLetter(word[k]);
                if (option == ShellOptions.None)
                    return Invalid(shell, $"set: {word[0]}{word[k]}: invalid option", usage: true);
                shell.ApplyOption(option, on);
            }

            i += taken;
        }

        if (positional)
            shell.SetPositional(i < arguments.Count ? arguments.GetRange(i, arguments.Count - i).ToArray() : []);
        return 0;
    }

    /// <summary><c>shopt</c>.</summary>
    public static int RunShopt(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "psuqo");
        bool print = false;
        bool set = false;
        bool unset = false;
        bool quiet = false;
        bool ofSet = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'p':
                    print = true;
                    break;
                case 's':
                    set = true;
                    break;
                case 'u':
                    unset = true;
                    break;
                case 'q':
                    quiet = true;
                    break;
                case 'o':
                    ofSet = true;
                    break;
                default:
                    return 2;
            }
        }

        if (set && unset)
        {
            shell.Error("shopt: cannot set and unset shell options simultaneously");
            return 1;
        }

        if (options.Index >= arguments.Count)
        {
            if (!quiet)
                ListShopt(shell, ofSet, print, set, unset);
            return 0;
        }

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            string name = arguments[i];
            ShellOptions option = ofSet ? OptionNames.OfName(name) : ShellOptions.None;
            ulong bit = ofSet ? 0 : Shopt.Bit(name);
            if (option == ShellOptions.None && bit == 0)
            {
                shell.Error($"shopt: {name}: invalid shell option name");
                status = 1;
                continue;
            }

            if (set || unset)
            {
                if (ofSet)
                    shell.ApplyOption(option, set);
                else
                    shell.SetShopt(bit, set);
                continue;
            }

            bool on = ofSet ? shell.Has(option) : shell.HasShopt(bit);
            if (!on)
                status = 1;
            if (!quiet)
                Print(shell, name, on, ofSet, print);
        }

        return status;
    }

    private static void ListShopt(ShellInterpreter shell, bool ofSet, bool print, bool set, bool unset)
    {
        if (ofSet)
        {
            foreach ((string name, ShellOptions option) in OptionNames.Long)
            {
                if (!set && !unset || shell.Has(option) == set)
                    Print(shell, name, shell.Has(option), true, print);
            }

            return;
        }

        for (int i = 0; i < Shopt.Names.Length; i++)
        {
            bool on = (shell.ShoptBits >> i & 1) != 0;
            if (!set && !unset || on == set)
                Print(shell, Shopt.Names[i], on, false, print);
        }
    }

    private static void Print(ShellInterpreter shell, string name, bool on, bool ofSet, bool asCommand)
    {
        shell.Out.Append(!asCommand ? $"{(ofSet ? name.PadRight(15) : name.PadRight(15))}\t{(on ? "on" : "off")}\n" : ofSet ? $"set {(on ? '-' : '+')}o {name}\n" : $"shopt -{(on ? 's' : 'u')} {name}\n");
    }

    private static void List(ShellInterpreter shell, bool readable)
    {
        foreach ((string name, ShellOptions option) in OptionNames.Long)
        {
            bool on = shell.Has(option);
            shell.Out.Append(readable ? $"{name,-15}\t{(on ? "on" : "off")}\n" : $"set {(on ? '-' : '+')}o {name}\n");
        }
    }

    private static int Invalid(ShellInterpreter shell, string message, bool usage)
    {
        shell.Error(message);
        if (usage)
            shell.Usage("set");
        shell.AbortSpecial();
        return 2;
    }
}
