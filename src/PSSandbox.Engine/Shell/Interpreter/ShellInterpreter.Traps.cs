using System.Numerics;
using PSSandbox.Processes;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Traps (POSIX XCU 2.15 trap). Signals are collected where the kernel reports them and acted upon between commands.
internal sealed partial class ShellInterpreter
{
    private TrapTable? _traps;
    private ulong _pendingTraps;
    private bool _inErrTrap;
    private bool _inDebugTrap;
    private bool _inReturnTrap;
    private int _statusBeforeReturn;
    private int _errTrapDepth;
    private int _statusBeforeTrap = -1;

    /// <summary>The status of a command that a signal at an interactive shell gave up; 0 for none.</summary>
    private int _interruptStatus;

    /// <summary>The traps; null while none was ever set.</summary>
    public TrapTable? Traps => _traps;

    /// <summary>The status that <c>exit</c> without an argument gives: within a trap that from before it.</summary>
    public int ExitDefault => _statusBeforeTrap >= 0 ? _statusBeforeTrap : LastStatus;

    /// <summary>Whether a trapped signal came that was not acted upon yet.</summary>
    public bool HasPendingTrap => _pendingTraps != 0;

    /// <summary>The lowest trapped signal that came and was not acted upon yet.</summary>
    public int PendingSignal => _pendingTraps == 0 ? 0 : BitOperations.TrailingZeroCount(_pendingTraps) + 1;

    /// <summary>
    /// Does what is due when the process's attention is asked for: ends it on a fatal signal (by exception), notes trapped
    /// ones for later.
    /// </summary>
    public void CheckAttention()
    {
        if (!Process.Attention)
            return;
        Process.CheckSignals();
        Signal signal;
        while ((signal = Process.TakeSignal()) != Signal.None)
            _pendingTraps |= Signals.Bit(signal);
    }

    /// <summary>Sets what happens at a signal or pseudo-signal: null the default, an empty action nothing.</summary>
    public void SetTrap(int signal, string? action)
    {
        if (signal is > 0 and < Signals.Count && _ignoredAtStart is var ignored && (ignored & Signals.Bit((Signal)signal)) != 0 && !IsInteractive)
            return;
        _traps ??= new TrapTable();
        _traps.Inherited = null;
        _traps[signal] = action;
        if (signal == TrapTable.Err)
            _errTrapDepth = _functionDepth;
        if (signal is > 0 and < Signals.Count)
        {
            if (action is null && IsInteractive && (Signal)signal is Signal.INT or Signal.TERM or Signal.QUIT)
                action = "";
            Process.SetDisposition((Signal)signal, action is null ? (CatchesForExitTrap(signal) ? SignalDisposition.Catch : SignalDisposition.Default) : action.Length == 0 ? SignalDisposition.Ignore : SignalDisposition.Catch);
        }
        else if (signal == TrapTable.Exit && IsBash)
        {
            CatchForExitTrap(action is { Length: > 0 });
        }
    }

    private ulong _ignoredAtStart;

    /// <summary>What ends bash by default after it has run its EXIT trap: so these are caught while there is one.</summary>
    private static readonly ulong RunsExitTrap = Signals.Bit(Signal.HUP) | Signals.Bit(Signal.INT) | Signals.Bit(Signal.TERM)
        | Signals.Bit(Signal.USR1) | Signals.Bit(Signal.USR2) | Signals.Bit(Signal.PIPE) | Signals.Bit(Signal.ALRM)
        | Signals.Bit(Signal.XCPU) | Signals.Bit(Signal.XFSZ) | Signals.Bit(Signal.VTALRM);

    private bool CatchesForExitTrap(int signal) =>
        IsBash && (RunsExitTrap & Signals.Bit((Signal)signal)) != 0 && _traps?[TrapTable.Exit] is { Length: > 0 };

    private void CatchForExitTrap(bool on)
    {
        for (ulong left = RunsExitTrap; left != 0; left &= left - 1)
        {
            var signal = (Signal)(BitOperations.TrailingZeroCount(left) + 1);
            if (_traps![(int)signal] is null && (_ignoredAtStart & Signals.Bit(signal)) == 0)
                Process.SetDisposition(signal, on ? SignalDisposition.Catch : SignalDisposition.Default);
        }
    }

    /// <summary>Runs the actions of trapped signals that came.</summary>
    public void RunPendingTraps()
    {
        CheckAttention();
        while (_pendingTraps != 0 && _flow == ControlFlow.None)
        {
            int signal = PendingSignal;
            _pendingTraps &= _pendingTraps - 1;
            string? action = _traps?[signal];
            if (action is { Length: > 0 })
            {
                RunTrapAction(action);
            }
            else if (action is null && (RunsExitTrap & Signals.Bit((Signal)signal)) != 0)
            {
                int status = 128 + signal;
                if (IsInteractive)
                {
                    LastStatus = _interruptStatus = status;
                    _flow = ControlFlow.Abort;
                    return;
                }

                RunExitTrap(status);
                Process.SetDisposition((Signal)signal, SignalDisposition.Default);
                Process.Deliver((Signal)signal);
                CheckAttention();
            }
        }
    }

    private void RunTrapAction(string action)
    {
        int status = LastStatus;
        int before = _statusBeforeTrap;
        int[] pipeStatus = [.. _pipeStatus];
        int line = _line;
        _statusBeforeTrap = status;
        RunText(action, "trap");
        _statusBeforeTrap = before;
        _line = line;
        if (_flow == ControlFlow.None)
            LastStatus = status;
        _pipeStatus = pipeStatus;
    }

    /// <summary>Runs the RETURN trap, but not for what that calls itself.</summary>
    /// <param name="returned">Whether <c>return</c> was run: in the trap <c>$?</c> is then still what it was before that.</param>
    private void RunReturnTrap(bool returned)
    {
        if (_traps?[TrapTable.Return] is not { Length: > 0 } action || _inReturnTrap || _flow != ControlFlow.None)
            return;
        _inReturnTrap = true;
        int status = LastStatus;
        if (returned)
            LastStatus = _statusBeforeReturn;
        RunTrapAction(action);
        if (_flow == ControlFlow.None)
            LastStatus = status;
        _inReturnTrap = false;
    }

    private int RunExitTrap(int status)
    {
        if (_traps?[TrapTable.Exit] is not { } action)
            return status;
        _traps[TrapTable.Exit] = null;
        if (action.Length == 0)
            return status;
        LastStatus = status;
        _statusBeforeTrap = status;
        _errExitIgnored = 0;
        RunText(action, "exit trap");
        _statusBeforeTrap = -1;
        if (_flow == ControlFlow.Exit)
            status = LastStatus;
        _flow = ControlFlow.None;
        return status;
    }

    /// <summary>What happens before every simple command and some others: the DEBUG trap. False to skip the command (extdebug).</summary>
    private bool BeforeCommand(Command command)
    {
        if (_statusBeforeTrap < 0)
            _current = command;
        if (_traps?[TrapTable.Debug] is not { Length: > 0 } action || _inDebugTrap)
            return true;
        _inDebugTrap = true;
        int status = LastStatus;
        int before = _statusBeforeTrap;
        _statusBeforeTrap = status;
        RunText(action, "debug trap");
        int result = LastStatus;
        _statusBeforeTrap = before;
        _inDebugTrap = false;
        if (_flow != ControlFlow.None)
            return false;
        LastStatus = status;
        return result == 0 || !HasShopt(Shopt.ExtDebug);
    }

    private Command? _current;

    /// <summary>A function does not see DEBUG and RETURN traps unless it is traced: puts them aside.</summary>
    private (string? Debug, string? Return) HideTraps(bool traced)
    {
        if (_traps is null)
            return default;
        if (traced || Has(ShellOptions.FuncTrace))
        {
            // The DEBUG trap comes also before the function's first command.
            if (_current is not null)
                BeforeCommand(_current);
            return default;
        }

        (string?, string?) hidden = (_traps[TrapTable.Debug], _traps[TrapTable.Return]);
        _traps[TrapTable.Debug] = _traps[TrapTable.Return] = null;
        return hidden;
    }

    private void RestoreTraps(string? debug, string? returns)
    {
        if (_traps is null)
            return;
        _traps[TrapTable.Debug] ??= debug;
        _traps[TrapTable.Return] ??= returns;
        if (_errTrapDepth >= _functionDepth)
            _errTrapDepth = _functionDepth - 1;
    }
}
