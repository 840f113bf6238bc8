using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

// Compound commands (POSIX XCU 2.9.4) without their redirections.
internal sealed partial class ShellInterpreter
{
    /// <summary>Runs a simple or compound command or function definition.</summary>
    private int RunCommand(Command command)
    {
        if (command.Kind == StatementKind.Simple)
            return RunSimple((SimpleCommand)command);
        if (command.Redirections.Length == 0)
            return LastStatus = RunCompoundCatching(command);

        _line = command.Position.Line + _lineOffset;
        int mark = _saved.Count;
        int status;
        bool applied;
        try
        {
            applied = ApplyRedirections(command.Redirections, save: true);
        }
        catch (ShellExpansionException error)
        {
            RestoreDescriptors(mark);
            return Report(error);
        }

        if (applied)
        {
            status = RunCompoundCatching(command);
            RestoreDescriptors(mark);
            return LastStatus = status;
        }

        RestoreDescriptors(mark);
        return Check(LastStatus = Flavor == ShellFlavor.Dash ? 2 : 1);
    }

    private int RunCompoundCatching(Command command)
    {
        try
        {
            return RunCompound(command);
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

    private int RunCompound(Command command)
    {
        if (!Process.MayNest())
            return RefuseNesting($"maximum command nesting level exceeded (in {_nesting} functions)");
        switch (command.Kind)
        {
            case StatementKind.BraceGroup:
                return RunList(((BraceGroup)command).Body);
            case StatementKind.If:
                return RunIf((IfCommand)command);
            case StatementKind.Loop:
                return RunLoop((LoopCommand)command);
            case StatementKind.For:
                return RunFor((ForCommand)command);
            case StatementKind.ArithmeticFor:
                return RunArithmeticFor((ArithmeticForCommand)command);
            case StatementKind.Select:
                return RunSelect((SelectCommand)command);
            case StatementKind.Case:
                return RunCase((CaseCommand)command);
            case StatementKind.Subshell:
                return RunSubshell((Subshell)command);
            case StatementKind.Function:
                return DefineFunction((FunctionDefinition)command);
            case StatementKind.Arithmetic:
                return RunArithmetic((ArithmeticCommand)command);
            case StatementKind.Conditional:
                return RunConditional((ConditionalCommand)command);
            default:
                return RunCoproc((CoprocCommand)command);
        }
    }

    private int RunIf(IfCommand command)
    {
        foreach (IfBranch branch in command.Branches)
        {
            int condition = RunCondition(branch.Condition);
            if (_flow != ControlFlow.None)
                return condition;
            if (condition == 0)
                return RunList(branch.Body);
        }

        return command.Else is { } otherwise ? RunList(otherwise) : LastStatus = 0;
    }

    private int RunLoop(LoopCommand command)
    {
        int status = 0;
        _loopDepth++;
        while (true)
        {
            int condition = RunCondition(command.Condition);
            if (_flow != ControlFlow.None)
            {
                if (LeavesLoop(ref status))
                    break;
                continue;
            }

            if (condition == 0 == command.IsUntil)
                break;
            status = RunList(command.Body);
            if (_flow != ControlFlow.None && LeavesLoop(ref status))
                break;
            if (Process.Attention || _pendingTraps != 0)
            {
                RunPendingTraps();
                if (_flow != ControlFlow.None && LeavesLoop(ref status))
                    break;
            }
        }

        _loopDepth--;
        return LastStatus = status;
    }

    /// <summary>
    /// What a loop does when its condition or body ended with control flow: true to end, false to begin the next round.
    /// </summary>
    private bool LeavesLoop(ref int status)
    {
        if (_flow is not (ControlFlow.Break or ControlFlow.Continue))
        {
            status = LastStatus;
            return true;
        }

        status = 0;
        bool ends = _flow == ControlFlow.Break || _flowCount > 1;
        if (--_flowCount <= 0)
        {
            _flow = ControlFlow.None;
        }

        return ends;
    }

    private int RunFor(ForCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        List<string> values = RentList();
        if (command.Words is { } words)
        {
            ExpandFields(words, values);
        }
        else
        {
            foreach (string value in Positional)
                values.Add(value);
        }

        int status = 0;
        string name = command.Name;
        if (!IsLoopVariable(name, assigns: true))
        {
            ReturnList(values);
            return LastStatus = 1;
        }

        _loopDepth++;
        for (int i = 0; i < values.Count; i++)
        {
            _line = command.Position.Line + _lineOffset;
            if (!BeforeCommand(command))
                continue;
            if ((Options & ShellOptions.XTrace) != 0)
                TraceList("for", name, command.Words);
            AssignLoopVariable(name, values[i]);
            status = RunList(command.Body);
            if (_flow != ControlFlow.None && LeavesLoop(ref status))
                break;
        }

        _loopDepth--;
        ReturnList(values);
        return LastStatus = status;
    }

    /// <summary>Whether a loop can assign to a name; if not, says so. Bash looks when the loop runs, not when it is parsed.</summary>
    private bool IsLoopVariable(string name, bool assigns)
    {
        if (!VariableTable.IsValidName(name))
            Error($"`{name}': not a valid identifier");
        else if (assigns && Variables.FindDirect(name) is { IsReadonly: true, IsNameref: false })
            Error($"{name}: readonly variable");
        else
            return true;
        return false;
    }

    private void AssignLoopVariable(string name, string value)
    {
        if (Variables.FindDirect(name) is { IsNameref: true })
            Variables.SetTarget(name, value);
        else
            Variables.Assign(name, value);
    }

    private int RunArithmeticFor(ArithmeticForCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        int status = 0;
        if (command.Initial is { } initial && !TryEvaluate(command, initial, out _))
            return LastStatus = 1;
        _loopDepth++;
        while (true)
        {
            long holds = 1;
            if (command.Condition is { } condition && !TryEvaluate(command, condition, out holds))
                status = 1;
            if (holds == 0)
                break;
            status = RunList(command.Body);
            if (_flow != ControlFlow.None && LeavesLoop(ref status))
                break;
            if (command.Step is { } step && !TryEvaluate(command, step, out _))
            {
                status = 1;
                break;
            }

            if (Process.Attention || _pendingTraps != 0)
            {
                RunPendingTraps();
                if (_flow != ControlFlow.None && LeavesLoop(ref status))
                    break;
            }
        }

        _loopDepth--;
        return LastStatus = status;
    }

    /// <summary>Evaluates an expression of <c>for ((…))</c>; false, with a message, if it is wrong: that ends the loop.</summary>
    private bool TryEvaluate(ArithmeticForCommand command, ArithmeticExpression expression, out long value)
    {
        value = 0;
        if (_traps is not null && !BeforeCommand(new ArithmeticCommand(command.Position, expression)))
            return true;
        try
        {
            value = EvaluateTraced(expression);
            return true;
        }
        catch (ShellExpansionException error) when (!error.EndsShell)
        {
            Error("((: " + error.Message);
            return false;
        }
    }

    private int RunCase(CaseCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        if (!BeforeCommand(command))
            return LastStatus;
        string subject = ExpandText(command.Subject);
        if ((Options & ShellOptions.XTrace) != 0)
            TraceCase(command, subject);
        int status = 0;
        bool runs = false;
        foreach (CaseClause clause in command.Clauses)
        {
            if (!runs)
            {
                CheckAttention();
                foreach (Word pattern in clause.Patterns)
                {
                    if (Matches(pattern, subject))
                    {
                        runs = true;
                        break;
                    }
                }
            }

            if (!runs)
                continue;
            status = clause.Body is { } body ? RunList(body) : 0;
            if (clause.Terminator == CaseTerminator.Break || _flow != ControlFlow.None)
                break;
            runs = clause.Terminator == CaseTerminator.FallThrough;
        }

        return LastStatus = status;
    }

    private int RunArithmetic(ArithmeticCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        if (!BeforeCommand(command))
            return LastStatus;
        if ((Options & ShellOptions.XTrace) != 0)
            TraceArithmetic(command.Expression);
        int status;
        try
        {
            status = Evaluate(command.Expression) != 0 ? 0 : 1;
        }
        catch (ShellExpansionException error) when (!error.EndsShell)
        {
            Error("((: " + error.Message);
            status = 1;
        }

        LastStatus = status;
        SetPipeStatus(status);
        return Check(status);
    }

    private int RunConditional(ConditionalCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        if (!BeforeCommand(command))
            return LastStatus;
        int status;
        try
        {
            status = EvaluateConditional(command.Expression) ? 0 : 1;
        }
        catch (ShellExpansionException error) when (!error.EndsShell && error.Status == 2)
        {
            Error(error.Message);
            status = 2;
        }

        LastStatus = status;
        SetPipeStatus(status);
        return Check(status);
    }

    private int DefineFunction(FunctionDefinition definition)
    {
        _line = definition.Position.Line + _lineOffset;
        if (IsPosix && BuiltinTable.Find(definition.Name) is { IsSpecial: true })
        {
            Error($"`{definition.Name}': is a special builtin");
            LastStatus = 2;
            Abort();
            return 2;
        }

        if (_functions.TryGetValue(definition.Name, out ShellFunction? old) && old.IsReadonly)
        {
            Error($"{definition.Name}: readonly function");
            return LastStatus = 1;
        }

        Define(definition.Name, new ShellFunction(definition, CurrentSource));
        return LastStatus = 0;
    }
}
