using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Simple commands (POSIX XCU 2.9.1).
internal sealed partial class ShellInterpreter
{
    /// <summary>Deepest nesting of functions, sourced files and evals.</summary>
    private const int MaxDepth = 8000;

    private readonly Stack<List<string>> _lists = new();
    private int _substitutionStatus;
    private int _nesting;
    private Dictionary<int, Assignment>? _arrayArguments;

    /// <summary>The array assignments among the arguments of the declaration built-in that runs, by place.</summary>
    public IReadOnlyDictionary<int, Assignment>? ArrayArguments => _arrayArguments;

    private List<string> RentList() => _lists.TryPop(out List<string>? list) ? list : [];

    private void ReturnList(List<string> list)
    {
        if (list.Capacity > 1024)
            return;
        list.Clear();
        _lists.Push(list);
    }

    private int RunSimple(SimpleCommand command)
    {
        _line = command.Line + _lineOffset;
        try
        {
            if (_traps is null)
                _current = command;
            else if (!BeforeCommand(command))
                return LastStatus;
            _substitutionStatus = 0;
            int status = command.Words.Length == 0 ? RunAssignments(command) : RunWords(command);
            LastStatus = status;
            SetPipeStatus(status);
            return status == 0 ? 0 : Check(status);
        }
        catch (ShellExpansionException error)
        {
            return Report(error);
        }
        catch (ShellMemoryException)
        {
            return OutOfMemory();
        }
    }

    private void SetPipeStatus(int status)
    {
        if (_pipeStatus.Length == 1)
            _pipeStatus[0] = status;
        else
            _pipeStatus = [status];
    }

    private int RunAssignments(SimpleCommand command)
    {
        if (command.Redirections.Length > 0)
        {
            int mark = _saved.Count;
            bool applied = ApplyRedirections(command.Redirections, save: true);
            RestoreDescriptors(mark);
            if (!applied)
                return 1;
        }

        foreach (Assignment assignment in command.Assignments)
        {
            if ((Options & ShellOptions.XTrace) == 0 && assignment.Subscript is null && assignment.Elements is null)
                Variables.Assign(assignment.Name, ExpandText(assignment.Value), assignment.IsAppend);
            else
                Assign(assignment, AssignmentTarget.Shell);
        }

        return _substitutionStatus;
    }

    private int RunWords(SimpleCommand command)
    {
        CommandSite site = CommandSite.Of(command);
        List<string> arguments = RentList();
        Dictionary<int, Assignment>? outerArrays = _arrayArguments;
        int mark = _saved.Count;
        int depth = 0;
        try
        {
            if (command.LiteralFields is { } literals)
                arguments.AddRange(literals);
            else if (site.HasDeclarations)
                ExpandDeclarations(command.Words, arguments);
            else
                ExpandFields(command.Words, arguments);

            bool traces = (Options & ShellOptions.XTrace) != 0;
            if (arguments.Count == 0)
                return RunAssignments(command);

            string name = arguments[0];
            Builtin? builtin = site.Builtin ?? (command.LiteralName is null ? BuiltinTable.Find(name) : null);
            if (builtin is not null && _disabledBuiltins is not null && _disabledBuiltins.Contains(name))
                builtin = null;
            ShellFunction? function = null;
            if (_functions.Count > 0 && (builtin is null || !builtin.IsSpecial || !IsPosix))
                _functions.TryGetValue(name, out function);

            // Bash expands and traces the assignments first, then traces the command, then redirects.
            bool assigns = command.Assignments.Length > 0;
            if (assigns && IsBash && !IsPosix)
            {
                Variables.PushTemporary();
                depth++;
                foreach (Assignment assignment in command.Assignments)
                    AssignForCommand(assignment);
                assigns = false;
            }

            if (traces)
                TraceCommand(command, arguments);
            if (command.Redirections.Length > 0 && !ApplyRedirections(command.Redirections, save: true))
            {
                if (function is null && builtin is { IsSpecial: true } && IsPosix)
                    Abort();
                return Flavor == ShellFlavor.Dash ? 2 : 1;
            }

            if (assigns)
            {
                // Of a special built-in they stay; but a program that exec turns to gets them as any other does.
                if (function is null && builtin is { IsSpecial: true } && IsPosix && (builtin.Name != "exec" || arguments.Count == 1))
                {
                    AssignAll(command.Assignments, AssignmentTarget.Shell);
                }
                else
                {
                    Variables.PushTemporary();
                    depth++;
                    AssignAll(command.Assignments, AssignmentTarget.Command);
                }
            }

            LastArgument = arguments[^1];
            if (function is not null)
                return CallFunction(function, arguments);
            if (builtin is not null)
                return builtin.Name == "wait" ? ReapCoprocs(RunBuiltin(builtin, arguments)) : RunBuiltin(builtin, arguments);
            return ReapCoprocs(RunExternal(name, arguments, command));
        }
        finally
        {
            _arrayArguments = outerArrays;
            if (depth > 0)
                Variables.Pop();
            if (_saved.Count > mark)
                RestoreDescriptors(mark);
            else
                _keepRedirections = false;
            ReturnList(arguments);
        }
    }

    private void ExpandDeclarations(Word[] words, List<string> arguments)
    {
        foreach (Word word in words)
        {
            if (word.Assignment is not { } assignment)
            {
                ExpandField(word, arguments);
            }
            else if (assignment.Elements is not null)
            {
                if (arguments is ["eval", ..])
                {
                    arguments.Add(CompoundText(assignment));
                    continue;
                }

                _arrayArguments = _arrayArguments is null ? [] : new Dictionary<int, Assignment>(_arrayArguments);
                _arrayArguments[arguments.Count] = assignment;
                arguments.Add(assignment.Name);
            }
            else if ((assignment.Value.Flags & WordFlags.HasBrace) != 0)
            {
                // Braces make several words of it, which are then as any others: split too.
                ExpandField(word, arguments);
            }
            else
            {
                string value = ExpandText(assignment.Value);
                string name = assignment.Subscript is { } subscript ? $"{assignment.Name}[{ExpandText(subscript.Text)}]" : assignment.Name;
                arguments.Add(LargeText.Concat(name + (assignment.IsAppend ? "+=" : "="), value, this));
            }
        }
    }

    /// <summary>What <c>eval name=(…)</c> gets: the elements expanded, in parentheses.</summary>
    private string CompoundText(Assignment assignment)
    {
        List<string> fields = [];
        foreach (ArrayElement element in assignment.Elements!)
        {
            if (element.Subscript is { } subscript)
                fields.Add($"[{ExpandText(subscript.Text)}]{(element.IsAppend ? "+=" : "=")}{ExpandText(element.Value)}");
            else
                ExpandField(element.Value, fields);
        }

        return $"{assignment.Name}{(assignment.IsAppend ? "+=" : "=")}({string.Join(' ', fields)})";
    }

    // What cannot be assigned is told of, and the command runs without it.
    private void AssignForCommand(Assignment assignment)
    {
        try
        {
            Assign(assignment, AssignmentTarget.Command);
        }
        catch (ShellAssignmentException error)
        {
            Error(error.Message);
        }
    }

    private void AssignAll(Assignment[] assignments, AssignmentTarget target)
    {
        foreach (Assignment assignment in assignments)
            Assign(assignment, target);
    }

    /// <summary>Runs a built-in and writes what it left to write.</summary>
    public int RunBuiltin(Builtin builtin, List<string> arguments)
    {
        int status;
        try
        {
            status = builtin.Run(this, arguments);
            if (Out.Length > 0 && !FlushOut(arguments[0]) && status == 0)
                status = 1;
        }
        catch (ShellExpansionException error) when (!error.EndsShell)
        {
            Out.Clear();
            Error($"{arguments[0]}: {error.Message}");
            status = error.Status;
            if (builtin.IsSpecial)
                AbortSpecial();
        }

        return status;
    }

    /// <summary>Calls a function with arguments of which the first is its name.</summary>
    public int CallFunction(ShellFunction function, List<string> arguments)
    {
        if (!EnterNested(function.Definition.Name))
            return LastStatus = 1;

        string[] positional = _positional;
        int start = _positionalStart;
        int loopDepth = _loopDepth;
        int errTrapDepth = _errTrapDepth;
        ShellOptions? optionsOfCaller = _optionsOfCaller;
        (int, int)? getoptsOfCaller = _getoptsOfCaller;
        int line = _line;
        string[] parameters = arguments.Count == 1 ? [] : new string[arguments.Count - 1];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = arguments[i + 1];
        _positional = parameters;
        _positionalStart = 0;
        _loopDepth = 0;
        _optionsOfCaller = null;
        _getoptsOfCaller = null;
        _functionDepth++;
        _frames.Add(new CallFrame(function.Definition.Name, function.Source, line));
        Variables.PushFunction();
        (string? debug, string? returns) = HideTraps(function.IsTraced);
        int status;
        try
        {
            status = RunCommand(function.Definition.Body);
            bool returned = _flow == ControlFlow.Return;
            if (returned)
            {
                _flow = ControlFlow.None;
                status = LastStatus;
            }

            RunReturnTrap(returned);
        }
        finally
        {
            RestoreTraps(debug, returns);
            if (_optionsOfCaller is { } options)
                RestoreOptions(options);
            _optionsOfCaller = optionsOfCaller;
            if (_getoptsOfCaller is { } getopts)
                (GetoptsIndex, GetoptsOffset) = getopts;
            _getoptsOfCaller = getoptsOfCaller;
            Variables.Pop();
            _frames.RemoveAt(_frames.Count - 1);
            _functionDepth--;
            LeaveNested();
            _errTrapDepth = errTrapDepth;
            _loopDepth = loopDepth;
            _positional = positional;
            _positionalStart = start;
            _line = line;
        }

        return LastStatus = status;
    }

    /// <summary>Counts a further function, sourced file or eval; false, with a message, if it would be too deep.</summary>
    private bool EnterNested(string name)
    {
        int limit = MaxDepth;
        if (IsBash && Variables.Get("FUNCNEST") is { Length: > 0 } text && int.TryParse(text, out int wanted) && wanted > 0)
            limit = Math.Min(limit, wanted);
        if (_nesting >= limit || !Process.MayNest())
        {
            RefuseNesting($"{name}: maximum function nesting level exceeded ({_nesting})");
            return false;
        }

        _nesting++;
        return true;
    }

    private int RefuseNesting(string message)
    {
        Error(message);
        LastStatus = 1;
        Abort();
        if (!IsPosix)
            _flow = ControlFlow.Abort;
        return 1;
    }

    private void LeaveNested()
    {
        _nesting--;
        Process.EndNested();
    }
}
