using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Interactive;

namespace PSSandbox.Shell.Interpreter;

// What only a shell that talks to a person does.
internal sealed partial class ShellInterpreter
{
    private InteractiveInput? _input;

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
