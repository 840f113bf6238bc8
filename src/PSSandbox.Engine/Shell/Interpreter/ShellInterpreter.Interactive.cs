using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Completing;
using PSSandbox.Shell.Interactive;

namespace PSSandbox.Shell.Interpreter;

// What only a shell that talks to a person does.
internal sealed partial class ShellInterpreter
{
    private InteractiveInput? _input;
    private CommandHistory? _history;
    private CompletionTable? _completions;
    private KeyBindings? _keyBindings;

    /// <summary>The commands that were typed, or with <c>set -o history</c> read from a script.</summary>
    public CommandHistory History => _history ??= new CommandHistory();

    /// <summary>What <c>complete</c> was told.</summary>
    public CompletionTable Completions => _completions ??= new CompletionTable();

    /// <summary>What <c>bind</c> was told.</summary>
    public KeyBindings KeyBindings => _keyBindings ??= new KeyBindings();

    /// <summary>How many of the history's last entries are not yet in HISTFILE.</summary>
    public int UnsavedHistory { get; set; }

    /// <summary>Puts a command that was read from a script into the history, as HISTCONTROL wants it.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Remember(string command)
    {
        bool kept = History.Add(command, Variables.Get("HISTCONTROL") ?? "");
        UnsavedHistory += kept ? 1 : 0;
        return kept;
    }

    /// <summary>
    /// What the person types, edited on the terminal; null where standard input and error are none, or one that
    /// understands no sequences.
    /// </summary>
    public InteractiveInput? Input
    {
        get
        {
            if (!IsInteractive || Process.Descriptors[0]?.Terminal is not { } terminal || Process.Descriptors[2]?.Terminal != terminal)
                return null;
            if (Variables.Get("TERM") is null or "" or "dumb")
                return null;
            return _input ??= new InteractiveInput(this);
        }
    }

    /// <summary>Ctrl-C at the prompt: the INT trap runs, and the command that was begun is given up.</summary>
    public void AbandonCommand()
    {
        _input?.Discard();
        Process.Deliver(Signal.INT);
        RunPendingTraps();
        if (_flow == ControlFlow.None)
            _flow = ControlFlow.Abort;
        _interruptStatus = 0;
        LastStatus = 128 + (int)Signal.INT;
    }

    /// <summary>Calls a function between commands, for completion: <c>$?</c> stays as it is, and nothing is left by it.</summary>
    /// <returns>Its status.</returns>
    public int CallAside(ShellFunction function, List<string> arguments)
    {
        int status = LastStatus;
        int[] pipeStatus = [.. _pipeStatus];
        int result = CallFunction(function, arguments);
        if (_flow is not (ControlFlow.None or ControlFlow.Exit))
            _flow = ControlFlow.None;
        LastStatus = status;
        _pipeStatus = pipeStatus;
        return result;
    }

    /// <summary>Runs PROMPT_COMMAND (bash manual 6.9) before a prompt; <c>$?</c> stays as it is.</summary>
    public void RunPromptCommand()
    {
        if (!IsBash || Variables.Get("PROMPT_COMMAND") is not { Length: > 0 } command)
            return;
        int status = LastStatus;
        int[] pipeStatus = [.. _pipeStatus];
        RunText(command, "PROMPT_COMMAND");
        if (_flow != ControlFlow.None)
            return;
        LastStatus = status;
        _pipeStatus = pipeStatus;
    }

    /// <summary>
    /// A child of an interactive shell wants of the keyboard's and the terminal's signals what the shell's parent did: only
    /// the shell itself ignores them (POSIX XCU 2.12).
    /// </summary>
    private void RestoreSignals(Process child)
    {
        foreach (Signal signal in (ReadOnlySpan<Signal>)[Signal.INT, Signal.TERM, Signal.QUIT, Signal.TSTP, Signal.TTIN, Signal.TTOU])
        {
            bool ignored = (_ignoredAtStart & Signals.Bit(signal)) != 0 || _traps?[(int)signal] is "";
            child.SetDisposition(signal, ignored ? SignalDisposition.Ignore : SignalDisposition.Default);
        }
    }
}
