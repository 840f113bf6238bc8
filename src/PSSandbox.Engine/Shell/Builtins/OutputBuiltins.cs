using System.Runtime.InteropServices;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>echo</c> and <c>printf</c>.</summary>
internal static class OutputBuiltins
{
    /// <summary>
    /// <c>echo</c>: in dash XSI's (only -n is an option, escapes are always interpreted); otherwise BusyBox ash's and bash's
    /// (-n, -e and -E are options, escapes are interpreted after -e or with <c>xpg_echo</c>).
    /// </summary>
    public static int Echo(ShellInterpreter shell, List<string> arguments)
    {
        bool escapes = shell.Flavor == ShellFlavor.Dash || shell.HasShopt(Shopt.XpgEcho);
        bool newline = true;
        ReadOnlySpan<string> words = CollectionsMarshal.AsSpan(arguments)[1..];
        if (shell.Flavor == ShellFlavor.Dash)
        {
            if (words.Length > 0 && words[0] == "-n")
            {
                newline = false;
                words = words[1..];
            }
        }
        else if (!(shell.IsBash && shell.IsPosix && escapes))
        {
            words = words[ReadEchoOptions(words, ref newline, ref escapes)..];
        }

        Escapes.Style? style = !escapes ? null : shell.Flavor == ShellFlavor.Dash ? Escapes.Style.DashEcho : Escapes.Style.Echo;
        if (AppendWords(shell.Out, words, style, shell) && newline)
            shell.Out.Append('\n');
        return 0;
    }

    /// <summary>Reads the options of an <c>echo</c> that has -n, -e and -E; gives how many arguments they are.</summary>
    public static int ReadEchoOptions(ReadOnlySpan<string> arguments, ref bool newline, ref bool escapes)
    {
        int i = 0;
        for (; i < arguments.Length && IsOption(arguments[i]); i++)
        {
            foreach (char c in arguments[i].AsSpan(1))
            {
                if (c == 'n')
                    newline = false;
                else
                    escapes = c == 'e';
            }
        }

        return i;
    }

    /// <summary>Appends words with blanks between them, as <c>echo</c> does.</summary>
    /// <param name="output">What they are appended to.</param>
    /// <param name="words">The words.</param>
    /// <param name="escapes">How escapes are interpreted; null for not.</param>
    /// <param name="host">The shell, whose process may be ended meanwhile.</param>
    /// <returns>False if a <c>\c</c> ended the output.</returns>
    public static bool AppendWords(ByteBuffer output, ReadOnlySpan<string> words, Escapes.Style? escapes, IExpansionHost? host)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if ((i & 0xfff) == 0xfff)
                PatternMatcher.CheckAttention(host);
            if (i > 0)
                output.Append(' ');
            if (escapes is not { } style)
            {
                output.Append(words[i]);
                continue;
            }

            output.Append(Escapes.Decode(words[i], style, out bool stopped, host));
            if (stopped)
                return false;
        }

        return true;
    }

    /// <summary><c>printf</c>.</summary>
    public static int Printf(ShellInterpreter shell, List<string> arguments)
    {
        int at = 1;
        string? variable = null;
        if (arguments.Count > 1 && arguments[1] == "-v" && arguments.Count > 2)
        {
            variable = arguments[2];
            at = 3;
            if (!IsVariable(variable))
            {
                shell.Error($"printf: `{variable}': not a valid identifier");
                return 2;
            }
        }
        else if (arguments.Count > 1 && arguments[1].StartsWith("-v", StringComparison.Ordinal) && arguments[1].Length > 2)
        {
            variable = arguments[1][2..];
            at = 2;
        }
        else if (arguments.Count > 1 && arguments[1].Length > 1 && arguments[1][0] == '-' && arguments[1] != "--" && shell.IsBash)
        {
            shell.Error($"printf: {arguments[1][..2]}: {(arguments[1] == "-v" ? "option requires an argument" : "invalid option")}");
            shell.Usage("printf");
            return 2;
        }

        if (at < arguments.Count && arguments[at] == "--")
            at++;
        if (at >= arguments.Count)
        {
            shell.Usage("printf");
            return 2;
        }

        int status = shell.FormatPrintf(arguments, at, variable is not null, out string text);
        if (variable is not null)
            shell.AssignNamed(variable, text.IndexOf('\0') is >= 0 and var end ? text[..end] : text);
        else
            shell.Out.Append(text);
        return status;
    }

    private static bool IsVariable(string name)
    {
        int bracket = name.IndexOf('[');
        return Variables.VariableTable.IsValidName(bracket > 0 && name.EndsWith(']') ? name.AsSpan(0, bracket) : name);
    }

    private static bool IsOption(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-')
            return false;
        foreach (char c in argument.AsSpan(1))
        {
            if (c is not ('n' or 'e' or 'E'))
                return false;
        }

        return true;
    }
}
