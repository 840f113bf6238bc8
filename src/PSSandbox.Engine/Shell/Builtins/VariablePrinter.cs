using System.Text;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary>Writes variables so that a shell reads them back: <c>declare -p</c>, <c>export -p</c>, <c>set</c>.</summary>
internal static class VariablePrinter
{
    /// <summary>The letters of a variable's attributes, in bash's order.</summary>
    public static string Letters(VariableAttributes attributes)
    {
        var text = new StringBuilder();
        Append(VariableAttributes.Indexed, 'a');
        Append(VariableAttributes.Associative, 'A');
        Append(VariableAttributes.Integer, 'i');
        Append(VariableAttributes.Nameref, 'n');
        Append(VariableAttributes.Readonly, 'r');
        Append(VariableAttributes.Trace, 't');
        Append(VariableAttributes.Exported, 'x');
        Append(VariableAttributes.Capitalize, 'c');
        Append(VariableAttributes.Lowercase, 'l');
        Append(VariableAttributes.Uppercase, 'u');
        return text.ToString();

        void Append(VariableAttributes attribute, char letter)
        {
            if ((attributes & attribute) != 0)
                text.Append(letter);
        }
    }

    /// <summary>Writes <c>declare -x name="value"</c>.</summary>
    public static void Declare(ShellInterpreter shell, Variable variable)
    {
        string letters = Letters(variable.Attributes);
        shell.Out.Append("declare -");
        shell.Out.Append(letters.Length == 0 ? "-" : letters);
        shell.Out.Append(' ');
        shell.Out.Append(variable.Name);
        if (variable.IsArray)
        {
            if (variable.Indexed is not null || variable.Associative is not null || variable.Hook is not null)
            {
                shell.Out.Append('=');
                shell.Out.Append(ArrayValue(shell, variable));
            }
        }
        else if (variable.IsNameref)
        {
            if (variable.Target is { } target)
            {
                shell.Out.Append('=');
                shell.Out.Append(Quoting.Double(target));
            }
        }
        else if (shell.Variables.Get(variable) is { } value)
        {
            shell.Out.Append('=');
            shell.Out.Append(HasControl(value) ? Quoting.Ansi(value) : Quoting.Double(value));
        }

        shell.Out.Append('\n');
    }

    /// <summary>Writes <c>name=value</c> as <c>set</c> lists it.</summary>
    public static void Set(ShellInterpreter shell, Variable variable)
    {
        string? value = variable.IsArray ? ArrayValue(shell, variable) : shell.Variables.Get(variable);
        if (value is null)
            return;
        shell.Out.Append(variable.Name);
        shell.Out.Append('=');
        if (variable.IsArray)
            shell.Out.Append(value);
        else
            shell.Out.Append(shell.IsBash ? value.Length == 0 ? "" : Quoting.IfNeeded(value) : Quoting.Single(value));
        shell.Out.Append('\n');
    }

    /// <summary>All variables in the order of their names.</summary>
    public static List<Variable> Sorted(ShellInterpreter shell)
    {
        var all = new List<Variable>(shell.Variables.All);
        all.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return all;
    }

    private static string ArrayValue(ShellInterpreter shell, Variable variable)
    {
        var text = new StringBuilder("(");
        if (variable.Associative is { } associative)
        {
            foreach ((string key, string value) in associative)
                text.Append('[').Append(Quoting.IfNeeded(key)).Append("]=").Append(HasControl(value) ? Quoting.Ansi(value) : Quoting.Double(value)).Append(' ');
        }
        else if (shell.Variables.GetIndexed(variable) is { } indexed)
        {
            foreach ((long index, string value) in indexed)
            {
                if (text.Length > 1)
                    text.Append(' ');
                text.Append('[').Append(index).Append("]=").Append(HasControl(value) ? Quoting.Ansi(value) : Quoting.Double(value));
            }
        }

        return text.Append(')').ToString();
    }

    private static bool HasControl(string value)
    {
        foreach (char c in value)
        {
            if (c < ' ' || c == '\x7f')
                return true;
        }

        return false;
    }
}
