using System.Text;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Interpreter;

// printf, for the built-in.
internal sealed partial class ShellInterpreter
{
    private PrintfContext? _printf;

    /// <summary>Formats the arguments of <c>printf</c> from a place on, the format first.</summary>
    /// <param name="arguments">All arguments.</param>
    /// <param name="at">Where the format is.</param>
    /// <param name="toVariable">Whether the text is for a variable; otherwise lines of it may be written early.</param>
    /// <param name="text">The text that is left to write.</param>
    /// <returns>The status.</returns>
    public int FormatPrintf(List<string> arguments, int at, bool toVariable, out string text)
    {
        string[] values = arguments.GetRange(at + 1, arguments.Count - at - 1).ToArray();
        var output = new StringBuilder();
        _printf ??= new PrintfContext
        {
            Error = message => Error($"printf: {message}"),
            Now = () => Process.Kernel.Clock.RealNanoseconds / 1_000_000_000,
            ShellStart = (Process.Kernel.Clock.RealNanoseconds / 1_000_000_000) - (long)(Process.Kernel.Clock.Uptime - StartTime).TotalSeconds,
            TimeZone = () => Variables.Get("TZ"),
            MaxLength = ((IExpansionHost)this).MaxValueLength,
            Host = this,
            WriteLines = WritePrintfLines,
            IsPosix = Flavor == ShellFlavor.Dash,
        };
        _printf.IsForVariable = toVariable;
        _printf.IsUtf8 = Expander.IsUtf8;
        int status = PrintfWriter.Write(PrintfFormat.Get(arguments[at], this), values, output, _printf);
        text = LargeText.ToText(output, this);
        return status;
    }

    // What is behind the last end of a line stays.
    private void WritePrintfLines(StringBuilder output)
    {
        int end = 0;
        int at = 0;
        foreach (ReadOnlyMemory<char> chunk in output.GetChunks())
        {
            int found = chunk.Span.LastIndexOf('\n');
            if (found >= 0)
                end = at + found + 1;
            at += chunk.Length;
        }

        if (end == 0)
            return;
        Out.Append(output.ToString(0, end));
        output.Remove(0, end);
    }
}
