using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Lists, and-or lists, and the errexit rule (POSIX XCU 2.9.3 and set -e).
internal sealed partial class ShellInterpreter
{
    /// <summary>Runs a list in this shell.</summary>
    /// <returns>The status of its last command; 0 for an empty one.</returns>
    public int RunList(CommandList list)
    {
        int status = 0;
        foreach (ListItem item in list.Items)
        {
            if (Process.Attention || _pendingTraps != 0)
            {
                RunPendingTraps();
                if (_flow != ControlFlow.None)
                    return LastStatus;
            }

            if ((Options & (ShellOptions.NoExec | ShellOptions.Interactive)) == ShellOptions.NoExec)
                break;
            status = item.IsAsync ? RunAsync(item.Statement) : Run(item.Statement);
            if (_flow != ControlFlow.None)
                break;
        }

        return status;
    }

    /// <summary>Runs a statement; its status is also <c>$?</c> afterwards.</summary>
    private int Run(Statement statement)
    {
        switch (statement.Kind)
        {
            case StatementKind.AndOr:
                return RunAndOr((AndOr)statement);
            case StatementKind.Pipeline:
                return RunPipeline((Pipeline)statement);
            default:
                return RunCommand((Command)statement);
        }
    }

    private int RunAndOr(AndOr list)
    {
        Statement[] operands = list.Operands;
        int status = 0;
        int last = operands.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            if (i > 0 && list.IsOr[i - 1] == (status == 0))
                continue;
            if (i < last)
            {
                _errExitIgnored++;
                status = Run(operands[i]);
                _errExitIgnored--;
            }
            else
            {
                status = Run(operands[i]);
            }

            if (_flow != ControlFlow.None)
                break;
        }

        return status;
    }

    /// <summary>A list whose status decides something: -e and the ERR trap do not look at it.</summary>
    private int RunCondition(CommandList list)
    {
        _errExitIgnored++;
        int status = RunList(list);
        _errExitIgnored--;
        return status;
    }

    /// <summary>To be called with the status of every command that -e and the ERR trap look at.</summary>
    private int Check(int status)
    {
        if (status == 0 || _errExitIgnored != 0 || _flow != ControlFlow.None)
            return status;
        return Failed(status);
    }

    private int Failed(int status)
    {
        if (_traps?[TrapTable.Err] is { Length: > 0 } action && !_inErrTrap && (_functionDepth == _errTrapDepth || Has(ShellOptions.ErrTrace)))
        {
            _inErrTrap = true;
            RunTrapAction(action);
            _inErrTrap = false;
        }

        if (Has(ShellOptions.ErrExit) && _flow == ControlFlow.None)
        {
            LastStatus = status;
            _flow = ControlFlow.Exit;
        }

        return status;
    }

    /// <summary>Runs a source text as a whole in this shell: eval, traps, -c.</summary>
    public int RunScript(Script script) => RunList(script.Body);

    /// <summary>
    /// Runs what may throw an expansion's error, and turns that into a status and, where the rules say so, the shell's end.
    /// </summary>
    private int Report(ShellExpansionException error)
    {
        Error(error.Message);
        int status = error.Status;
        if (error.EndsShell || IsPosix)
        {
            // The status of dash and ash is 2; bash's for the string of -c is 127.
            if (!IsBash)
                status = 2;
            else if (IsBash && error.EndsShell && Has(ShellOptions.CommandString) && _subshellLevel == 0)
                status = 127;
            Abort();
        }
        else
        {
            // bash gives up the whole top-level command.
            _flow = ControlFlow.Abort;
        }

        return LastStatus = status;
    }

    private int OutOfMemory()
    {
        Error("out of memory");
        LastStatus = ShellMemoryException.Status;
        _flow = ControlFlow.Exit;
        return LastStatus;
    }

    /// <summary>An error that gave up the current command list reached the top: go on with the next command read.</summary>
    public void EndAbort()
    {
        if (_flow == ControlFlow.Abort)
            _flow = ControlFlow.None;
    }
}
