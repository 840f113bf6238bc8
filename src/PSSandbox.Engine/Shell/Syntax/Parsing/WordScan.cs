using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>What <see cref="WordParser"/> remembers while it reads one word.</summary>
internal struct WordScan(WordContext context, int start, int mark)
{
    /// <summary>Where the word stands.</summary>
    public readonly WordContext Context = context;

    /// <summary>The number of parts on the parser's stack when the word began.</summary>
    public readonly int Mark = mark;

    /// <summary>Where the current run of literal characters begins.</summary>
    public int RunStart = start;

    /// <summary>Where the current literal begins.</summary>
    public SourcePosition LiteralPosition;

    /// <summary>What of the current literal stands before the run, when a line continuation divides it.</summary>
    public StringBuilder? Prefix;

    /// <summary>The flags of the current literal.</summary>
    public WordFlags Flags;

    /// <summary>Open parentheses of extended patterns or a regular expression, or open brackets of a subscript.</summary>
    public int Depth;

    /// <summary>Whether an opening brace has been seen.</summary>
    public bool HasBrace;

    /// <summary>Whether the word begins like <c>name=</c>.</summary>
    public bool LooksLikeAssignment;
}
