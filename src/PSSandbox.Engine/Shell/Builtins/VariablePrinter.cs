using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary>Writes variables so that a shell reads them back: <c>declare -p</c>, <c>export -p</c>, <c>set</c>.</summary>
internal static class VariablePrinter
{
    /// <summary>Writes <c>declare -x name="value"</c>.</summary>
    public static void Declare(ShellInterpreter shell, Variable variable)
    {
        PatternMatcher.CheckAttention(shell);
        string letters = Transformations.Letters(variable);
        shell.Out.Append("declare -");
        shell.Out.Append(letters.Length == 0 ? "-" : letters);
        shell.Out.Append(' ');
        shell.Out.Append(variable.Name);
        if (variable.IsArray)
        {
            if (variable.Indexed is not null || variable.Associative is not null || variable.Hook is not null)
            {
                shell.Out.Append('=');
                shell.Out.Append(Transformations.Elements(shell, variable));
            }
        }
        else if (variable.IsNameref)
        {
            if (variable.Target is { } target)
            {
                shell.Out.Append('=');
                shell.Out.Append(Quoting.Double(target, shell));
            }
        }
        else if (shell.Variables.Get(variable) is { } value)
        {
            shell.Out.Append('=');
            shell.Out.Append(Quoting.Double(value, shell));
        }

        shell.Out.Append('\n');
    }

    /// <summary>Writes <c>name=value</c> as <c>set</c> lists it.</summary>
    public static void Set(ShellInterpreter shell, Variable variable)
    {
        PatternMatcher.CheckAttention(shell);
        string? value = variable.IsArray ? Transformations.Elements(shell, variable) : shell.Variables.Get(variable);
        if (value is null)
            return;
        shell.Out.Append(variable.Name);
        shell.Out.Append('=');
        if (variable.IsArray)
            shell.Out.Append(value);
        else
            shell.Out.Append(shell.IsBash ? value.Length == 0 ? "" : Quoting.IfNeeded(value, shell) : Quoting.Single(value, shell));
        shell.Out.Append('\n');
    }

    private static readonly Comparer<Variable> s_byName = Comparer<Variable>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    /// <summary>All variables in the order of their names.</summary>
    public static List<Variable> Sorted(ShellInterpreter shell)
    {
        var all = new List<Variable>(shell.Variables.All);
        LargeSort.Sort(all, s_byName, shell);
        return all;
    }
}
