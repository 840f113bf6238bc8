using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Subshells, pipelines, command and process substitution: everything that runs on a child process.
internal sealed partial class ShellInterpreter
{
    private SimpleCommand? _execCommand;
    private bool _replaced;

    /// <summary>Runs a list or a statement as this subshell's whole work, and ends it.</summary>
    /// <param name="list">The list, or</param>
    /// <param name="statement">the statement.</param>
    /// <param name="joinsError">Whether standard error goes where standard output goes, after the command's redirections (<c>|&amp;</c>).</param>
    public int RunAsProcess(CommandList? list, Statement? statement, bool joinsError)
    {
        int status = 0;
        try
        {
            if (joinsError && Process.Descriptors[1] is { } output)
                Process.Descriptors.Set(2, output.AddReference());
            // A subshell that is all of a job or of a pipeline's stage needs no process of its own.
            if (statement is Subshell { Redirections.Length: 0 } all)
                (list, statement) = (all.Body, null);
            if (list is { Items: [{ IsAsync: false } only] })
                (list, statement) = (null, only.Statement);
            if (statement is SimpleCommand simple && _traps is not { Count: > 0 })
                _execCommand = simple;
            status = list is not null ? RunList(list) : Run(statement!);
            status = Finish(status);
        }
        finally
        {
            RestoreDescriptors(0);
            Variables.Release();
        }

        return status;
    }

    /// <summary>The shell has nothing more to do: runs the EXIT trap and gives the exit status.</summary>
    public int Finish(int status)
    {
        if (_replaced)
            return 0;
        if (_flow is ControlFlow.Exit or ControlFlow.Abort or ControlFlow.Return)
            status = LastStatus;
        _flow = ControlFlow.None;
        if (Process.Attention || _pendingTraps != 0)
        {
            RunPendingTraps();
            if (_flow == ControlFlow.Exit)
                status = LastStatus;
            _flow = ControlFlow.None;
        }

        return RunExitTrap(status);
    }

    private int RunSubshell(Subshell command)
    {
        _line = command.Position.Line + _lineOffset;
        if (!Fork(out Process? child))
            return LastStatus;
        child!.Program = new SubshellProgram(ForkFor(child), command.Body, null);
        int status = RunForeground([child], command);
        LastStatus = status;
        return Check(status);
    }

    private int RunPipeline(Pipeline pipeline)
    {
        Timing timing = pipeline.Timing == PipelineTiming.None ? default : Timing.Begin(Process);
        if (pipeline.IsNegated)
            _errExitIgnored++;
        int status = pipeline.Commands.Length switch
        {
            0 => 0,
            1 => RunCommand(pipeline.Commands[0]),
            _ => RunStages(pipeline),
        };
        if (pipeline.IsNegated)
        {
            _errExitIgnored--;
            if (_flow == ControlFlow.None)
                status = status == 0 ? 1 : 0;
        }

        if (pipeline.Timing != PipelineTiming.None)
            ReportTiming(timing, pipeline.Timing);
        if (_flow != ControlFlow.None)
            return status;
        LastStatus = status;
        return pipeline.Commands.Length > 1 && !pipeline.IsNegated ? Check(status) : status;
    }

    private int RunStages(Pipeline pipeline)
    {
        // Each stage is a command that the shell is about to run.
        if (_traps?[TrapTable.Debug] is { Length: > 0 })
        {
            foreach (Command command in pipeline.Commands)
            {
                _line = command.Position.Line + _lineOffset;
                if (command is SimpleCommand && !BeforeCommand(command))
                    return LastStatus;
            }
        }

        if (!HasShopt(Shopt.LastPipe) || Has(ShellOptions.Monitor))
            return MakeStages(pipeline, pipeline.Commands.Length, out _) is { } all ? RunForeground(all, pipeline) : LastStatus;

        Command[] commands = pipeline.Commands;
        int count = commands.Length - 1;
        if (MakeStages(pipeline, count, out OpenFile? input) is not { } processes)
            return LastStatus;

        // lastpipe: the last stage is this shell itself, reading from the pipe.
        foreach (Process process in processes)
            process.Start();
        int mark = _saved.Count;
        _saved.Add(new SavedDescriptor(0, Process.Descriptors.Take(0), false));
        Process.Descriptors.Set(0, input!);
        int last = RunCommand(commands[^1]);
        RestoreDescriptors(mark);
        int[] statuses = new int[commands.Length];
        for (int i = 0; i < count; i++)
            statuses[i] = WaitFor(processes[i]).ShellStatus;
        statuses[^1] = last;
        return SetPipeStatus(statuses);
    }

    private int SetPipeStatus(int[] statuses)
    {
        _pipeStatus = statuses;
        int status = statuses[^1];
        if (Has(ShellOptions.PipeFail))
        {
            for (int i = statuses.Length - 1; i >= 0 && status == 0; i--)
                status = statuses[i];
        }

        return status;
    }

    /// <summary>Makes a child process; false, with a message and the current list given up, where there may be no more.</summary>
    private bool Fork(out Process? child)
    {
        Errno error = Process.Kernel.Fork(Process, out child);
        if (error == Errno.None)
        {
            if (IsInteractive)
                RestoreSignals(child!);
            return true;
        }

        Error($"fork: {error.Message()}");
        LastStatus = IsBash ? 254 : 2;
        Abort();
        return false;
    }

    /// <summary>Ends a child that was made and never begun.</summary>
    private void Discard(Process child)
    {
        child.Deliver(Signal.KILL);
        WaitFor(child);
    }

    /// <summary>Runs the processes of a pipeline in the foreground and waits for them.</summary>
    /// <returns>The pipeline's status.</returns>
    private int RunForeground(Process[] processes, Statement? source)
    {
        if (Has(ShellOptions.Monitor))
            return RunForegroundJob(processes, source);

        if (processes.Length == 1)
        {
            processes[0].RunInline();
        }
        else
        {
            using var deferred = new DeferredProcesses(processes);
            foreach (Process process in processes)
                process.RunInline();
        }

        if (processes.Length == 1)
        {
            int status = Ended(WaitFor(processes[0]), processes[0].Id, source);
            SetPipeStatus(status);
            return status;
        }

        int[] statuses = new int[processes.Length];
        for (int i = 0; i < processes.Length; i++)
        {
            WaitStatus ended = WaitFor(processes[i]);
            statuses[i] = i == processes.Length - 1 ? Ended(ended, processes[i].Id, source) : ended.ShellStatus;
        }

        return SetPipeStatus(statuses);
    }

    /// <summary>Waits for a child to end. Signals that are trapped wait with it; a fatal one ends this process.</summary>
    private WaitStatus WaitFor(Process child)
    {
        while (true)
        {
            Errno error = Process.Wait(child.Id, WaitOptions.None, out _, out WaitStatus status);
            if (error == Errno.None)
                return status;
            if (error != Errno.EINTR)
                return child.ExitStatus;
            CheckAttention();
        }
    }

    /// <summary>Tells of a foreground process's end by a signal, and gives its status.</summary>
    private int Ended(WaitStatus status, int pid, Statement? source)
    {
        if (!status.Signaled)
            return status.ShellStatus;
        if (status.Signal == Signal.INT && IsInteractive)
        {
            // What ctrl-C ended left the cursor behind the ^C.
            if (Process.ControllingTerminal is not null)
                WriteError("\n");
            _flow = ControlFlow.Abort;
        }
        else if (status.Signal is not (Signal.INT or Signal.PIPE))
            TellOfSignal(status.Signal, pid, source is null ? string.Join(' ', _runningText) : SourceText(source));
        return status.ShellStatus;
    }

    /// <summary>Runs a command substitution.</summary>
    public string Substitute(CommandSubstitutionPart substitution)
    {
        if (substitution.InputFile is { } redirection)
            return ReadFile(redirection);
        if (substitution.Body.Items.Length == 0)
        {
            _substitutionStatus = LastStatus = 0;
            return "";
        }

        if (PureSubstitution.Of(substitution) is { } pure && TrySubstituteHere(pure, out string text))
            return text;

        if (!Fork(out Process? child))
            throw new ShellExpansionException("command substitution failed", LastStatus) { EndsShell = !IsInteractive };
        using var capture = new CaptureFile(Process);
        child!.Descriptors.Set(1, capture);
        ShellInterpreter shell = ForkFor(child);
        shell._traceDepth++;
        if (!IsPosix && !HasShopt(Shopt.InheritErrExit))
            shell.Options &= ~ShellOptions.ErrExit;
        child.Program = new SubshellProgram(shell, substitution.Body, null);
        child.RunInline();
        int status = WaitFor(child).ShellStatus;
        while (capture.WaitUntilClosed() == Errno.EINTR)
            CheckAttention();
        _substitutionStatus = LastStatus = status;
        return capture.Take(this);
    }

    /// <summary>
    /// Runs a substitution that no one could tell from one in a subshell in this shell itself: what its built-in writes is the
    /// result, and no process is made.
    /// </summary>
    private bool TrySubstituteHere(PureSubstitution pure, out string text)
    {
        text = "";
        const ShellOptions visible = ShellOptions.NoUnset | ShellOptions.XTrace | ShellOptions.ErrExit | ShellOptions.NoExec | ShellOptions.Monitor;
        if ((Options & visible) != 0 || _traps is not null || Out.Length > 0 || _captures || HasShopt(Shopt.FailGlob) || Process.Attention
            || _functions.Count > 0 && _functions.ContainsKey(pure.Builtin.Name) || _disabledBuiltins is not null)
            return false;
        List<string> arguments = RentList();
        string last = LastArgument;
        int line = _line;
        _captures = true;
        try
        {
            if (pure.Command.LiteralFields is { } literals)
                arguments.AddRange(literals);
            else
                ExpandFields(pure.Command.Words, arguments);
            _line = pure.Command.Position.Line + _lineOffset;
            _substitutionStatus = LastStatus = RunCaptured(pure.Builtin, arguments);
            text = LargeText.FromBytes(Out.Span.TrimEnd((byte)'\n'), this);
            return true;
        }
        finally
        {
            Out.Clear();
            _captures = false;
            _line = line;
            LastArgument = last;
            ReturnList(arguments);
        }
    }

    private int RunCaptured(Builtin builtin, List<string> arguments)
    {
        try
        {
            return builtin.Run(this, arguments);
        }
        catch (ShellExpansionException error)
        {
            Error($"{arguments[0]}: {error.Message}");
            return error.Status;
        }
    }

    private bool _captures;

    /// <summary>Starts a process substitution; the pipe stays open until the command that names it has ended.</summary>
    public string Substitute(ProcessSubstitutionPart substitution)
    {
        if (!Fork(out Process? child))
            throw new ShellExpansionException("process substitution failed", LastStatus) { EndsShell = !IsInteractive };
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        OpenFile mine = substitution.IsOutput ? writer : reader;
        child!.Descriptors.Set(substitution.IsOutput ? 0 : 1, substitution.IsOutput ? reader : writer);
        Errno error = Errno.EMFILE;
        int descriptor = Math.Min(63, Process.Descriptors.Limit - 1);
        for (; descriptor > 2; descriptor--)
        {
            if (Process.Descriptors[descriptor] is null)
            {
                error = Process.Descriptors.Set(descriptor, mine);
                break;
            }
        }

        if (error != Errno.None)
        {
            mine.Release();
            Discard(child);
            throw new ShellExpansionException($"process substitution: {error.Message()}");
        }

        _saved.Add(new SavedDescriptor(descriptor, null, false));
        child.Program = new SubshellProgram(ForkFor(child), substitution.Body, null);
        LastBackgroundPid = child.Id;
        Jobs.Follow(child.Id);
        child.Start();
        return $"/dev/fd/{descriptor}";
    }

    private string ReadFile(Redirection redirection)
    {
        if (!ExpandTarget(redirection.Target, out string path) || !Open(path, RedirectionOperator.Input, out OpenFile? file))
        {
            _substitutionStatus = LastStatus = 1;
            return "";
        }

        using var capture = new CaptureFile(Process);
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 16);
        Errno error;
        try
        {
            while (true)
            {
                error = Process.Read(file!, buffer, out int count);
                if (error == Errno.EINTR)
                {
                    CheckAttention();
                    continue;
                }

                if (error != Errno.None || count == 0)
                    break;
                if (capture.Write(buffer.AsSpan(0, count), null, out _) != Errno.None)
                    CheckAttention();
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            file!.Release();
        }

        if (error != Errno.None)
            Error($"{path}: {error.Message()}");
        _substitutionStatus = LastStatus = error == Errno.None ? 0 : 1;
        return capture.Take(this);
    }
}
