using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// What the shell says to standard error, and how built-ins write to standard output.
internal sealed partial class ShellInterpreter
{
    /// <summary>The file whose text runs now, as BASH_SOURCE gives it.</summary>
    private string CurrentSource => _frames.Count > 0 ? _frames[^1].Source : Script.Length > 0 ? Script : IsInteractive || Has(ShellOptions.CommandString) ? "environment" : "main";

    /// <summary>Writes a message to standard error: the shell's name, in bash the line, and a text.</summary>
    public void Error(string message)
    {
        string name = IsBash && _frames.Count > 0 && _frames[^1].Source is { Length: > 0 } source && source != "environment" && source != "main" ? source : Name;
        string prefix = IsBash && !IsInteractive ? $"{name}: line {_line}: " : $"{name}: ";
        WriteError(string.Concat(prefix, message, "\n"));
    }

    /// <summary>Writes to standard error as it is.</summary>
    public void WriteError(string text)
    {
        if (!_captures)
            Out.Flush(this, 1);
        Process.WriteAll(2, LargeText.ToBytes(text, this));
    }

    /// <summary>Writes what a built-in left to write; false, with a message, if that failed.</summary>
    public bool FlushOut(string name)
    {
        FileSystem.Errno error = Out.Flush(this, 1);
        if (error == FileSystem.Errno.None)
            return true;
        if (error is FileSystem.Errno.EINTR or FileSystem.Errno.EPIPE)
            CheckAttention();

        // A shell that a signal is about to end has nothing more to say.
        if (error == FileSystem.Errno.EPIPE && (_pendingTraps & Signals.Bit(Signal.PIPE)) != 0 && _traps?[(int)Signal.PIPE] is null)
            return false;
        Error($"{name}: write error: {FileSystem.ErrnoText.Message(error)}");
        return false;
    }

    private void TellOfSignal(Signal signal, int pid, string command)
    {
        string text = Signals.Description(signal);
        WriteError(IsBash && !IsInteractive
            ? $"{(Script.Length > 0 ? Script : Name)}: line {_line}: {pid,5} {text,-24}{command}\n"
            : text + "\n");
    }

    /// <summary>A function as <c>declare -f</c> shows it.</summary>
    public string FunctionText(ShellFunction function) => ShellPrinter.Print(function.Definition, CheckAttention).TrimEnd('\n');

    /// <summary>The source of a statement or word on one line, for messages and listings.</summary>
    private static string SourceText(SyntaxNode node) => node switch
    {
        Statement statement => ShellPrinter.PrintInline(statement).TrimEnd('\n'),
        Word word => ShellPrinter.Print(word),
        Assignment assignment => ShellPrinter.PrintInline(new SimpleCommand(default, [assignment], [], [])).TrimEnd('\n'),
        ArithmeticExpression expression => ShellPrinter.Print(new Word(default, expression.Parts)),
        _ => "",
    };
}
