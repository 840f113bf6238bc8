using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>times</c> and <c>umask</c>.</summary>
internal static class ProcessBuiltins
{
    /// <summary><c>times</c>. System time is not told apart from user time.</summary>
    public static int Times(ShellInterpreter shell, List<string> arguments)
    {
        shell.Out.Append($"{Format(shell, shell.Process.CpuTime)} {Format(shell, TimeSpan.Zero)}\n{Format(shell, shell.Process.ChildrenCpuTime)} {Format(shell, TimeSpan.Zero)}\n");
        return 0;
    }

    /// <summary><c>umask</c>.</summary>
    public static int UMask(ShellInterpreter shell, List<string> arguments)
    {
        bool symbolic = false;
        bool reusable = false;
        var options = new OptionScanner(shell, arguments, "Sp");
        int at = 1;
        if (arguments.Count > 1 && arguments[1] is "-S" or "-p" or "-Sp" or "-pS" or "--")
        {
            for (char option; (option = options.Next()) != '\0';)
            {
                if (option == 'S')
                    symbolic = true;
                else
                    reusable = true;
            }

            at = options.Index;
        }

        int mask = shell.Process.UMask;
        if (at >= arguments.Count)
        {
            string text = symbolic ? Symbolic(mask) : "0" + Convert.ToString(mask, 8).PadLeft(3, '0');
            shell.Out.Append(reusable ? $"umask {(symbolic ? "-S " : "")}{text}\n" : text + "\n");
            return 0;
        }

        string wanted = arguments[at];
        if (wanted.Length > 0 && char.IsAsciiDigit(wanted[0]))
        {
            int value = 0;
            foreach (char c in wanted)
            {
                if (c is < '0' or > '7' || (value = value * 8 + (c - '0')) > 0xfff)
                {
                    shell.Error($"umask: {wanted}: octal number out of range");
                    return shell.Flavor == ShellFlavor.Dash ? 2 : 1;
                }
            }

            shell.Process.UMask = value & 0x1ff;
            if (symbolic)
                shell.Out.Append(Symbolic(shell.Process.UMask) + "\n");
            return 0;
        }

        if (!TryApply(wanted, ~mask & 0x1ff, out int permissions))
        {
            shell.Error($"umask: `{wanted}': invalid symbolic mode operator");
            return 1;
        }

        shell.Process.UMask = ~permissions & 0x1ff;
        if (symbolic)
            shell.Out.Append(Symbolic(shell.Process.UMask) + "\n");
        return 0;
    }

    private static string Symbolic(int mask)
    {
        int allowed = ~mask;
        return $"u={Bits(allowed >> 6)},g={Bits(allowed >> 3)},o={Bits(allowed)}";

        static string Bits(int bits) => ((bits & 4) != 0 ? "r" : "") + ((bits & 2) != 0 ? "w" : "") + ((bits & 1) != 0 ? "x" : "");
    }

    /// <summary>Applies a symbolic mode (POSIX chmod) to the permissions that a mask leaves.</summary>
    private static bool TryApply(string text, int permissions, out int result)
    {
        result = permissions;
        foreach (string clause in text.Split(','))
        {
            int i = 0;
            int who = 0;
            for (; i < clause.Length && "ugoa".Contains(clause[i]); i++)
                who |= clause[i] switch { 'u' => 0x1c0, 'g' => 0x38, 'o' => 7, _ => 0x1ff };
            if (who == 0)
                who = 0x1ff;
            if (i >= clause.Length)
                return false;
            while (i < clause.Length)
            {
                char op = clause[i++];
                if (op is not ('+' or '-' or '='))
                    return false;
                int bits = 0;
                for (; i < clause.Length && clause[i] is not ('+' or '-' or '='); i++)
                {
                    int triple = clause[i] switch
                    {
                        'r' => 4,
                        'w' => 2,
                        'x' or 'X' => 1,
                        'u' => result >> 6 & 7,
                        'g' => result >> 3 & 7,
                        'o' => result & 7,
                        's' or 't' => 0,
                        _ => -1,
                    };
                    if (triple < 0)
                        return false;
                    bits |= triple * 0x49;
                }

                bits &= who;
                result = op switch { '+' => result | bits, '-' => result & ~bits, _ => (result & ~who) | bits };
            }
        }

        return true;
    }

    private static string Format(ShellInterpreter shell, TimeSpan time)
    {
        string digits = shell.IsBash ? "F3" : "F6";
        return $"{(int)time.TotalMinutes}m{(time.TotalSeconds % 60).ToString(digits, System.Globalization.CultureInfo.InvariantCulture)}s";
    }
}
