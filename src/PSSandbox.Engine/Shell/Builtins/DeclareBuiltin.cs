using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary>The declaration utilities: <c>declare typeset local export readonly</c>.</summary>
internal static class DeclareBuiltin
{
    /// <summary><c>declare</c> and <c>typeset</c>.</summary>
    public static int Declare(ShellInterpreter shell, List<string> arguments) =>
        new Declaration(shell, arguments).Run(local: false);

    /// <summary><c>local</c>.</summary>
    public static int Local(ShellInterpreter shell, List<string> arguments)
    {
        if (shell.FunctionDepth > 0)
            return new Declaration(shell, arguments).Run(local: true);
        shell.Error("local: can only be used in a function");
        if (shell.Flavor == ShellFlavor.Dash)
            shell.Abort();
        return shell.Flavor == ShellFlavor.Dash ? 2 : 1;
    }

    /// <summary><c>export</c> and <c>readonly</c>.</summary>
    public static int Export(ShellInterpreter shell, List<string> arguments) =>
        new Declaration(shell, arguments).RunExport(arguments[0] == "export" ? VariableAttributes.Exported : VariableAttributes.Readonly);

    private sealed class Declaration(ShellInterpreter shell, List<string> arguments)
    {
        private VariableAttributes _add;
        private VariableAttributes _remove;
        private bool _functions;
        private bool _functionNames;
        private bool _global;
        private bool _inherit;
        private bool _print;
        private bool _local;
        private int _first;

        // No array is a reference: with -a or -A, -n says nothing.
        private bool IsReference => (_add & VariableAttributes.Nameref) != 0 && (_add & VariableAttributes.AnyArray) == 0;

        public int Run(bool local)
        {
            _local = local || shell.FunctionDepth > 0;
            if (!Scan("aAfFgiIlnrtuxpc"))
                return 2;
            if (_global)
                _local = false;
            if (_functions || _functionNames)
                return Functions();
            if (_print)
                return Print(local);
            if (_first >= arguments.Count)
                return List(local);
            int status = 0;
            for (int i = _first; shell.IsArgument(arguments, i); i++)
            {
                if (!One(i))
                    status = 1;
            }

            return status;
        }

        public int RunExport(VariableAttributes attribute)
        {
            bool readOnly = attribute == VariableAttributes.Readonly;
            if (!Scan(readOnly ? "aAfp" : "fnp"))
                return 2;
            bool removes = !readOnly && (_add & VariableAttributes.Nameref) != 0;
            _add &= VariableAttributes.AnyArray;
            if (_functions)
                return ExportFunctions(readOnly, removes);
            if (_first >= arguments.Count)
                return ListWith(attribute);
            if (removes)
                _remove = attribute;
            else
                _add |= attribute;
            int status = 0;
            for (int i = _first; shell.IsArgument(arguments, i); i++)
            {
                if (!One(i))
                {
                    status = shell.IsBash ? 1 : 2;
                    if (shell.AbortSpecial())
                        return status;
                }
            }

            return status;
        }

        private bool Scan(string letters)
        {
            var options = new OptionScanner(shell, arguments, letters) { AllowPlus = true };
            for (char option; (option = options.Next()) != '\0';)
            {
                VariableAttributes attribute = option switch
                {
                    'a' => VariableAttributes.Indexed,
                    'A' => VariableAttributes.Associative,
                    'i' => VariableAttributes.Integer,
                    'l' => VariableAttributes.Lowercase,
                    'n' => VariableAttributes.Nameref,
                    'r' => VariableAttributes.Readonly,
                    't' => VariableAttributes.Trace,
                    'u' => VariableAttributes.Uppercase,
                    'x' => VariableAttributes.Exported,
                    'c' => VariableAttributes.Capitalize,
                    _ => VariableAttributes.None,
                };
                if (attribute != VariableAttributes.None)
                {
                    if (options.IsPlus)
                        _remove |= attribute;
                    else
                        _add |= attribute;
                    continue;
                }

                switch (option)
                {
                    case 'f':
                        _functions = true;
                        break;
                    case 'F':
                        _functionNames = true;
                        break;
                    case 'g':
                        _global = true;
                        break;
                    case 'I':
                        _inherit = true;
                        break;
                    case 'p':
                        _print = true;
                        break;
                    default:
                        return false;
                }
            }

            _first = options.Index;
            return true;
        }

        /// <summary>Declares one argument: <c>name</c>, <c>name=value</c>, <c>name+=value</c>, <c>name[i]=value</c> or an array.</summary>
        private bool One(int place)
        {
            string argument = arguments[place];
            Assignment? elements = null;
            if (shell.ArrayArguments is { } arrays && arrays.TryGetValue(place, out Assignment? assignment))
                elements = assignment;
            int equals = elements is null ? argument.IndexOf('=') : -1;
            bool append = equals > 0 && argument[equals - 1] == '+';
            string name = equals < 0 ? argument : argument[..(append ? equals - 1 : equals)];
            string? value = equals < 0 ? null : LargeText.Copy(argument.AsSpan(equals + 1), shell);
            string? subscript = null;
            int bracket = name.IndexOf('[');
            if (bracket > 0 && name.EndsWith(']'))
            {
                subscript = name[(bracket + 1)..^1];
                name = name[..bracket];
            }

            if (argument == "-" && arguments[0] == "local")
            {
                shell.KeepOptions();
                return true;
            }

            if (!VariableTable.IsValidName(name))
            {
                shell.Error($"{arguments[0]}: `{argument}': not a valid identifier");
                return false;
            }

            try
            {
                if (_global)
                    ApplyToGlobal(name, subscript, value, append, elements);
                else
                    Apply(name, subscript, value, append, elements);
                return true;
            }
            catch (ShellAssignmentException error)
            {
                shell.Error(shell.IsBash ? $"{arguments[0]}: {error.Message}" : error.Message);
                return false;
            }
            catch (ShellExpansionException error) when (shell.IsBash && !error.EndsShell)
            {
                // A value that is no expression gives up more than the built-in.
                shell.GiveUpCommand($"{arguments[0]}: {error.Message}");
                return false;
            }
        }

        private void ApplyToGlobal(string name, string? subscript, string? value, bool append, Assignment? elements) =>
            shell.Variables.AtGlobal(name, () => Apply(name, subscript, value, append, elements));

        private void Apply(string name, string? subscript, string? value, bool append, Assignment? elements)
        {
            VariableTable table = shell.Variables;
            if (_local && !_global && arguments[0] is not ("export" or "readonly"))
            {
                table.DeclareLocal(name, _inherit || !shell.IsBash || shell.HasShopt(Shopt.LocalVarInherit));
                if (name == "OPTIND")
                    shell.KeepGetopts();
            }

            VariableAttributes array = _add & VariableAttributes.AnyArray;
            if (elements is not null && array == 0 && table.Find(name) is not { IsArray: true })
                array = VariableAttributes.Indexed;
            if (subscript is not null && value is null && array == 0)
                array = VariableAttributes.Indexed;
            VariableAttributes add = (_add & ~VariableAttributes.Readonly) | array;
            if (array != 0)
                add &= ~VariableAttributes.Nameref;
            if ((_remove & VariableAttributes.AnyArray) != 0 && table.FindDirect(name) is { IsArray: true })
                throw new ShellAssignmentException($"{name}: cannot destroy array variables in this way");
            string target = name;
            if ((_add & VariableAttributes.Nameref) == 0 && (_remove & VariableAttributes.Nameref) == 0 && table.Follow(ref target, out string? element) && element is null)
                name = target;
            if (IsReference)
            {
                if (table.FindDirect(name) is { IsArray: true })
                    throw new ShellAssignmentException($"{name}: reference variable cannot be an array");
                if (value is not null && !VariableTable.IsValidTarget(value))
                    throw new ShellAssignmentException($"`{value}': invalid variable name for name reference");
                table.SetAttributes(name, add, _remove);
                if (value is not null)
                    table.SetTarget(name, value);
            }
            else
            {
                if (add != 0 || _remove != 0 || value is null && elements is null && table.FindDirect(name) is null)
                    table.SetAttributes(name, add, _remove);
                if (elements is not null)
                    shell.AssignElements(elements);
                else if (value is not null && subscript is null && value.StartsWith('(') && value.EndsWith(')') && table.Find(name) is { IsArray: true }
                    && shell.ParseArray(name, value, append) is { } parsed)
                    shell.AssignElements(parsed);
                else if (value is not null && subscript is not null)
                    table.AssignElement(name, Unquote(subscript), value, append);
                else if (value is not null)
                    table.Assign(name, value, append);
                if (value is not null && arguments[0] is "export" or "readonly")
                    shell.TraceAssignment(name, value);
            }

            if ((_add & VariableAttributes.Readonly) != 0)
                table.SetAttributes(name, VariableAttributes.Readonly);
        }

        private static string Unquote(string subscript) =>
            subscript.Length > 1 && subscript[0] is '"' or '\'' && subscript[^1] == subscript[0] ? subscript[1..^1] : subscript;

        private int List(bool local)
        {
            VariableAttributes wanted = _add;
            foreach (Variable variable in VariablePrinter.Sorted(shell))
            {
                if ((variable.Attributes & wanted) != wanted || local && variable.Depth != shell.Variables.FunctionDepth)
                    continue;
                if (wanted == 0 && !local)
                    VariablePrinter.Set(shell, variable);
                else
                    VariablePrinter.Declare(shell, variable);
            }

            return 0;
        }

        private int ListWith(VariableAttributes attribute)
        {
            foreach (Variable variable in VariablePrinter.Sorted(shell))
            {
                if ((variable.Attributes & attribute) == 0 || (variable.Attributes & _add & VariableAttributes.AnyArray) != (_add & VariableAttributes.AnyArray))
                    continue;
                if (!shell.IsPosix)
                {
                    VariablePrinter.Declare(shell, variable);
                    continue;
                }

                shell.Out.Append(arguments[0]);
                shell.Out.Append(' ');
                shell.Out.Append(variable.Name);
                if (shell.Variables.Get(variable) is { } value)
                {
                    shell.Out.Append('=');
                    shell.Out.Append(shell.IsBash ? Quoting.Double(value, shell) : Quoting.Single(value, shell));
                }

                shell.Out.Append('\n');
            }

            return 0;
        }

        private int Print(bool local)
        {
            if (_first >= arguments.Count)
            {
                foreach (Variable variable in VariablePrinter.Sorted(shell))
                {
                    if ((variable.Attributes & _add) == _add && (!local || variable.Depth == shell.Variables.FunctionDepth))
                        VariablePrinter.Declare(shell, variable);
                }

                return 0;
            }

            int status = 0;
            for (int i = _first; shell.IsArgument(arguments, i); i++)
            {
                if (shell.Variables.FindDirect(arguments[i]) is { } variable)
                {
                    VariablePrinter.Declare(shell, variable);
                }
                else
                {
                    shell.Error($"{arguments[0]}: {arguments[i]}: not found");
                    status = 1;
                }
            }

            return status;
        }

        private int Functions()
        {
            if (_first >= arguments.Count)
            {
                var names = new List<string>(shell.Functions.Keys);
                LargeSort.Sort(names, shell);
                foreach (string name in names)
                    PrintFunction(name, shell.Functions[name], _functionNames, listing: true);
                return 0;
            }

            int status = 0;
            for (int i = _first; shell.IsArgument(arguments, i); i++)
            {
                if (!shell.Functions.TryGetValue(arguments[i], out ShellFunction? function))
                {
                    status = 1;
                    continue;
                }

                if (_add != 0 || _remove != 0)
                    shell.Define(arguments[i], With(function));
                else
                    PrintFunction(arguments[i], function, _functionNames, listing: false);
            }

            return status;
        }

        private ShellFunction With(ShellFunction function) => function with
        {
            IsReadonly = function.IsReadonly || (_add & VariableAttributes.Readonly) != 0,
            IsExported = (function.IsExported || (_add & VariableAttributes.Exported) != 0) && (_remove & VariableAttributes.Exported) == 0,
            IsTraced = (function.IsTraced || (_add & VariableAttributes.Trace) != 0) && (_remove & VariableAttributes.Trace) == 0,
        };

        private int ExportFunctions(bool readOnly, bool removes)
        {
            int status = 0;
            for (int i = _first; shell.IsArgument(arguments, i); i++)
            {
                if (!shell.Functions.TryGetValue(arguments[i], out ShellFunction? function))
                {
                    shell.Error($"{arguments[0]}: {arguments[i]}: not a function");
                    status = 1;
                    continue;
                }

                shell.Define(arguments[i], readOnly ? function with { IsReadonly = true } : function with { IsExported = !removes });
            }

            return status;
        }

        private void PrintFunction(string name, ShellFunction function, bool nameOnly, bool listing)
        {
            if (nameOnly)
            {
                if (listing)
                {
                    shell.Out.Append("declare -f");
                    if (function.IsReadonly)
                        shell.Out.Append('r');
                    if (function.IsExported)
                        shell.Out.Append('x');
                    shell.Out.Append(' ');
                }

                shell.Out.Append(name);
                shell.Out.Append('\n');
                return;
            }

            shell.Out.Append(shell.FunctionText(function));
            shell.Out.Append('\n');
        }
    }
}
