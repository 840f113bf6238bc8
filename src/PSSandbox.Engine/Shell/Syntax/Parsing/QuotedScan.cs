using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>What <see cref="QuoteParser"/> remembers while it reads.</summary>
internal struct QuotedScan(int start)
{
    /// <summary>Where the current run of literal characters begins.</summary>
    public int RunStart = start;

    /// <summary>Where the current literal begins.</summary>
    public SourcePosition LiteralPosition;

    /// <summary>What of the current literal stands before the run.</summary>
    public StringBuilder? Prefix;

    /// <summary>Open parentheses.</summary>
    public int Parentheses;

    /// <summary>Open brackets.</summary>
    public int Brackets;

    /// <summary>Open braces.</summary>
    public int Braces;

    /// <summary>Question marks whose colon is yet to come.</summary>
    public int Questions;

    /// <summary>Whether an inner double quote is open.</summary>
    public bool IsInnerQuoted;
}
