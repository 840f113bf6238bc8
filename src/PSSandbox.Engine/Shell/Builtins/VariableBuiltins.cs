using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>unset</c> and <c>let</c>.</summary>
internal static class VariableBuiltins
{
    /// <summary><c>unset</c>.</summary>
    public static int Unset(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "vfn");
        bool variables = false;
        bool functions = false;
        bool follow = true;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'v':
                    variables = true;
                    break;
                case 'f':
                    functions = true;
                    break;
                case 'n':
                    follow = false;
                    break;
                default:
                    return 2;
            }
        }

        if (variables && functions)
        {
            shell.Error("unset: cannot simultaneously unset a function and a variable");
            return 1;
        }

        int status = 0;
        for (int i = options.Index; shell.IsArgument(arguments, i); i++)
        {
            try
            {
                if (UnsetOne(shell, arguments[i], variables, functions, follow))
                    continue;
                status = shell.IsBash ? 1 : 2;
                if (shell.AbortSpecial())
                    return status;
            }
            catch (ShellAssignmentException error)
            {
                shell.Error($"unset: {error.Message}");
                status = shell.IsBash ? 1 : 2;
                if (shell.AbortSpecial())
                    return status;
            }
        }

        return status;
    }

    /// <summary><c>let</c>.</summary>
    public static int Let(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count <= at)
        {
            shell.Error("let: expression expected");
            return 1;
        }

        long value = 0;
        for (int i = at; shell.IsArgument(arguments, i); i++)
            value = shell.Expander.Evaluate(arguments[i]);
        return value != 0 ? 0 : 1;
    }

    private static bool UnsetOne(ShellInterpreter shell, string name, bool variables, bool functions, bool follow)
    {
        if (functions)
            return UnsetFunction(shell, name);
        int bracket = name.IndexOf('[');
        if (bracket > 0 && name.EndsWith(']') && VariableTable.IsValidName(name.AsSpan(0, bracket)))
        {
            string subscript = name[(bracket + 1)..^1];
            string array = name[..bracket];
            if (shell.Variables.Find(array) is { } variable && (variable.Attributes & VariableAttributes.Associative) != 0 && subscript.Length > 1
                && subscript[0] is '"' or '\'' && subscript[^1] == subscript[0])
                subscript = subscript[1..^1];
            shell.Variables.UnsetElement(array, subscript);
            return true;
        }

        if (!VariableTable.IsValidName(name))
        {
            // Without -v bash takes it for the name of a function, and there need be none.
            if (!variables && (shell.IsBash || shell.Functions.ContainsKey(name)))
                return UnsetFunction(shell, name);
            shell.Error($"unset: `{name}': not a valid identifier");
            return false;
        }

        if (!variables && shell.IsBash && shell.Variables.FindDirect(name) is null)
            return UnsetFunction(shell, name);
        shell.Variables.Unset(name, follow);
        return true;
    }

    private static bool UnsetFunction(ShellInterpreter shell, string name)
    {
        if (shell.Functions.TryGetValue(name, out ShellFunction? function) && function.IsReadonly)
        {
            shell.Error($"unset: {name}: cannot unset: readonly function");
            return false;
        }

        shell.Undefine(name);
        return true;
    }
}
