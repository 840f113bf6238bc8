using System.Text;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// set -x (POSIX XCU set, bash manual PS4).
internal sealed partial class ShellInterpreter
{
    private bool _tracing;

    /// <summary>Writes a line of <c>set -x</c>: PS4, its first character repeated by depth, and a text.</summary>
    private void Trace(string text)
    {
        if (_tracing)
            return;
        _tracing = true;
        int status = LastStatus;
        string prompt = Variables.Get("PS4") ?? "+ ";
        try
        {
            prompt = Expander.ExpandPrompt(prompt);
        }
        catch (ShellExpansionException)
        {
            prompt = "+ ";
        }
        finally
        {
            _tracing = false;
            LastStatus = status;
        }

        if (IsBash && prompt.Length > 0 && _traceDepth > 0)
            prompt = new string(prompt[0], _traceDepth) + prompt;
        string line = LargeText.Concat(LargeText.Concat(prompt, text, this), "\n", this);
        int descriptor = IsBash && int.TryParse(Variables.Get("BASH_XTRACEFD"), out int wanted) && Process.Descriptors[wanted] is not null ? wanted : 2;
        Out.Flush(this, 1);
        Process.WriteAll(descriptor, LargeText.ToBytes(line, this));
    }

    /// <summary>In bash <c>export</c> and <c>readonly</c> trace their assignments too.</summary>
    public void TraceAssignment(string name, string value)
    {
        if (IsBash && (Options & ShellOptions.XTrace) != 0)
            Trace(LargeText.Concat(name + "=", value.Length == 0 ? "" : Quoting.IfNeeded(value, this), this));
    }

    private int _traceDepth;

    private void TraceCommand(SimpleCommand command, List<string> arguments)
    {
        if (arguments.Count == 0)
            return;
        var text = new StringBuilder();
        if (!IsBash)
        {
            foreach (Assignment assignment in command.Assignments)
            {
                if (assignment.Elements is null && assignment.Subscript is null)
                    text.Append(assignment.Name).Append('=').Append(Quoting.IfNeeded(ExpandText(assignment.Value), this)).Append(' ');
            }
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (i > 0)
                text.Append(' ');
            if (_arrayArguments is not null && _arrayArguments.TryGetValue(i, out Assignment? array))
                text.Append(SourceText(array));
            else
                text.Append(Quoting.IfNeeded(arguments[i], this));
        }

        Trace(LargeText.ToText(text, this));
    }

    private void TraceList(string keyword, string name, Word[]? words)
    {
        if (IsBash)
            Trace($"{keyword} {name} in {(words is null ? "\"$@\"" : string.Join(' ', Array.ConvertAll(words, SourceText)))}");
    }

    private void TraceCase(CaseCommand command, string subject)
    {
        if (IsBash)
            Trace($"case {(subject.Length == 0 ? "''" : Quoting.IfNeeded(subject, this))} in");
        _current = command;
    }

    private void TraceArithmetic(ArithmeticExpression expression) => Trace($"(( {SourceText(expression)} ))");

    /// <summary>One of the three expressions of an arithmetic <c>for</c>.</summary>
    private long EvaluateTraced(ArithmeticExpression expression)
    {
        if ((Options & ShellOptions.XTrace) != 0)
            TraceArithmetic(expression);
        return Evaluate(expression);
    }
}
