using System.Runtime.CompilerServices;

namespace PSSandbox.Shell.Syntax;

/// <summary>
/// Parses the shell language: POSIX.1-2024, XCU chapter 2, and the extensions of bash. Source is a byte string.
/// </summary>
/// <remarks>
/// <para>A shell calls <see cref="ParseNextCommand"/> until it gives null, and runs each command before it asks for the next one: what
/// runs may define aliases, and a line is read only when it is needed. After an exception an interactive shell makes a
/// new parser, or calls <see cref="SkipLine"/>.</para>
/// <para>This class holds what the parts of the grammar share: the place in the source, depth and size limits, errors. It serves one thread.</para>
/// </remarks>
internal sealed class ShellParser
{
    private readonly Stack<SourcePosition> _open = new();
    private readonly int _outerDepth;
    private int _partCount;
    private int _checked;
    private int _secondAttempts;

    /// <summary>Parses a string.</summary>
    public ShellParser(string source, ShellParserOptions options)
        : this(new SourceText(source, new SourcePosition(0, options.FirstLine, 1), options.Checkpoint), options, 0)
    {
    }

    /// <summary>Parses what comes line by line.</summary>
    public ShellParser(IShellSource source, ShellParserOptions options)
        : this(new SourceText(source, options.FirstLine, options.Checkpoint), options, 0)
    {
    }

    private ShellParser(SourceText source, ShellParserOptions options, int depth)
    {
        Source = source;
        Options = options;
        IsPosix = options.Dialect == ShellDialect.Posix;
        _outerDepth = depth;
        Words = new WordParser(this);
        Quotes = new QuoteParser(this);
        Expansions = new ExpansionParser(this);
        Parameters = new ParameterParser(this);
        Documents = new HereDocumentReader(this);
        Blanks = new BlankSkipper(this);
        Redirections = new RedirectionParser(this);
        Assignments = new AssignmentParser(this);
        Commands = new CommandParser(this);
        Lists = new ListParser(this);
    }

    /// <summary>The options. May be replaced between commands, for instance when an option of the shell has changed the dialect.</summary>
    public ShellParserOptions Options
    {
        get;
        set
        {
            field = value;
            IsPosix = value.Dialect == ShellDialect.Posix;
        }
    }

    /// <summary>The comments seen so far, if they are kept.</summary>
    public List<Comment> Comments { get; } = [];

    /// <summary>The line the parser is at.</summary>
    public int Line => Source.Line;

    /// <summary>Whether POSIX decides where bash differs.</summary>
    internal bool IsPosix { get; private set; }

    /// <summary>The source.</summary>
    internal SourceText Source { get; }

    /// <summary>The parts of the words being read, innermost last.</summary>
    internal List<WordPart> Parts { get; } = [];

    /// <summary>Where the innermost open construct began.</summary>
    internal SourcePosition LastOpened => _open.TryPeek(out SourcePosition opened) ? opened : default;

    internal WordParser Words { get; }

    internal QuoteParser Quotes { get; }

    internal ExpansionParser Expansions { get; }

    internal ParameterParser Parameters { get; }

    internal HereDocumentReader Documents { get; }

    internal BlankSkipper Blanks { get; }

    internal RedirectionParser Redirections { get; }

    internal AssignmentParser Assignments { get; }

    internal CommandParser Commands { get; }

    internal ListParser Lists { get; }

    /// <summary>Parses a whole string.</summary>
    /// <exception cref="ShellSyntaxException">It is not a valid script.</exception>
    public static Script Parse(string source, ShellParserOptions options) => new ShellParser(source, options).ParseScript();

    /// <summary>Parses all that is left.</summary>
    /// <exception cref="ShellSyntaxException">It is not a valid script.</exception>
    public Script ParseScript()
    {
        SourcePosition position = Source.Position;
        CommandList body = ParseAll();
        return new Script(position, body, Comments.ToArray());
    }

    /// <summary>Parses the next complete command: a list up to the end of its line. Null at the end of the source.</summary>
    /// <exception cref="ShellSyntaxException">What comes is not valid, or not complete.</exception>
    public CommandList? ParseNextCommand()
    {
        Source.IsContinuation = false;
        DropPassed();
        _partCount = 0;
        _secondAttempts = 0;
        return Lists.ParseCompleteCommand();
    }

    /// <summary>Goes to the end of the current line: how an interactive shell goes on after an error.</summary>
    public void SkipLine()
    {
        while (Source.Current is not ('\n' or SourceText.End))
        {
            Source.Index++;
        }

        Commands.Aliases.Clear();
        Truncate(default(ParserSnapshot) with { Comments = Comments.Count });
    }

    /// <summary>All commands that are left, as one list.</summary>
    internal CommandList ParseAll()
    {
        SourcePosition position = Source.Position;
        List<ListItem> items = [];
        while (Lists.ParseCompleteCommand() is { } command)
        {
            items.AddRange(command.Items);
            DropPassed();
        }

        return new CommandList(items.Count > 0 ? items[0].Statement.Position : position, items.ToArray());
    }

    // While the text of an alias is being read, places in the window must stay.
    private void DropPassed()
    {
        if (!Commands.Aliases.IsActive)
        {
            Source.DropPassed();
        }
    }

    /// <summary>A parser for text inside this source, such as the body of a here-document.</summary>
    internal ShellParser MakeNested(string text, SourcePosition first) =>
        new(new SourceText(text, first, Options.Checkpoint), Options, _outerDepth + _open.Count);

    /// <summary>Notes the place and what the stacks hold.</summary>
    internal ParserSnapshot Save()
    {
        (int words, int assignments, int redirections) = Commands.Counts;
        (int documents, int first) = Documents.Counts;
        return new ParserSnapshot(Source.Mark(), Parts.Count, _open.Count, Lists.ItemCount, words, assignments, redirections, documents, first, Comments.Count);
    }

    /// <summary>Goes back to a place noted within the current complete command.</summary>
    internal void Restore(in ParserSnapshot snapshot)
    {
        Source.Return(snapshot.Place);
        Truncate(snapshot);
    }

    private void Truncate(in ParserSnapshot snapshot)
    {
        Parts.RemoveRange(snapshot.Parts, Parts.Count - snapshot.Parts);
        Comments.RemoveRange(snapshot.Comments, Comments.Count - snapshot.Comments);
        while (_open.Count > snapshot.Open)
        {
            _open.Pop();
        }

        Lists.Truncate(snapshot.Items);
        Commands.Truncate(snapshot.Words, snapshot.Assignments, snapshot.Redirections);
        Documents.Truncate(snapshot.Documents, snapshot.FirstDocument);
    }

    /// <summary>Goes one level deeper.</summary>
    internal void Enter(SourcePosition opened)
    {
        CheckDepth(1, opened);
        _open.Push(opened);
    }

    /// <summary>Comes back from a level.</summary>
    internal void Leave() => _open.Pop();

    /// <summary>Fails if so many levels more would be too many, or the stack is nearly used up.</summary>
    internal void CheckDepth(int more, SourcePosition position)
    {
        if (_outerDepth + _open.Count + more > Options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ShellSyntaxException(position, "syntax error: nested too deeply") { IsFatal = true };
        }
    }

    /// <summary>Counts something that takes memory.</summary>
    internal void CountPart()
    {
        // What aliases give is not read from the source, and may be as much.
        if ((++_checked & 0x3ff) == 0)
            Options.Checkpoint?.Invoke();
        if (++_partCount > Options.MaxParts)
        {
            throw new ShellSyntaxException(Source.Position, $"syntax error: command of more than {Options.MaxParts} parts") { IsFatal = true };
        }
    }

    /// <summary>
    /// Whether text that looked like arithmetic up to the end of the source may be read again as commands. A few times at
    /// most: every time all that is left is read.
    /// </summary>
    internal bool TakeSecondAttempt() => ++_secondAttempts <= 8;

    /// <summary>Takes the parts from a mark on off the stack.</summary>
    internal WordPart[] TakeParts(int mark)
    {
        int count = Parts.Count - mark;
        if (count == 0)
        {
            return [];
        }

        WordPart[] parts = new WordPart[count];
        Parts.CopyTo(mark, parts, 0, count);
        Parts.RemoveRange(mark, count);
        return parts;
    }

    /// <summary>Takes out line continuations that divide the token at the current place.</summary>
    internal void JoinLines(int ahead)
    {
        while (Source.Ahead(ahead) == '\\' && Source.Ahead(ahead + 1) == '\n')
        {
            Source.RemoveContinuation(ahead);
            Commands.Aliases.Shift(Source.Index + ahead, -2);
        }
    }

    /// <summary>Takes a closing character, after blanks.</summary>
    internal void Expect(char closing, string construct, SourcePosition opened)
    {
        Blanks.SkipBlanks();
        if (Source.Current != closing)
        {
            throw Unexpected($"`{closing}' to match `{construct}' of line {opened.Line}, column {opened.Column}", construct, opened);
        }

        Source.Index++;
    }

    /// <summary>The error for the token at the current place.</summary>
    /// <param name="expected">What should be there.</param>
    /// <param name="construct">What is open, if the source ends here.</param>
    /// <param name="opened">Where it was opened.</param>
    internal ShellSyntaxException Unexpected(string? expected, string? construct = null, SourcePosition opened = default)
    {
        Blanks.SkipBlanks();
        string wanted = expected is null ? "" : $": expected {expected}";
        if (Source.Current == SourceText.End)
        {
            return new ShellSyntaxException(Source.Position, $"syntax error: unexpected end of file{wanted}", construct ?? "command", opened);
        }

        return new ShellSyntaxException(Source.Position, $"syntax error near unexpected token `{Blanks.ReadTokenText()}'{wanted}");
    }

    /// <summary>The error for a construct whose end is missing.</summary>
    internal ShellSyntaxException Unterminated(string construct, SourcePosition opened)
    {
        string closing = construct switch
        {
            "'" or "$'" => "'",
            "\"" or "`" => construct,
            "${" => "}",
            "$((" or "((" => "))",
            "[" or "$[" => "]",
            _ => ")",
        };
        return new ShellSyntaxException(
            Source.Position,
            $"syntax error: unexpected end of file while looking for `{closing}' to match `{construct}' of line {opened.Line}, column {opened.Column}",
            construct,
            opened);
    }
}
