namespace PSSandbox.Shell.Syntax;

/// <summary>Reads commands: simple ones and function definitions here, compound ones by <see cref="CompoundParser"/>.</summary>
internal sealed class CommandParser
{
    private readonly ShellParser _parser;
    private readonly SourceText _source;
    private readonly CompoundParser _compounds;
    private readonly List<Word> _words = [];
    private readonly List<Assignment> _assignments = [];
    private readonly List<Redirection> _redirections = [];

    /// <summary>Makes the part of a parser that reads commands.</summary>
    public CommandParser(ShellParser parser)
    {
        _parser = parser;
        _source = parser.Source;
        _compounds = new CompoundParser(parser);
        Aliases = new AliasExpander(parser);
    }

    /// <summary>The aliases.</summary>
    public AliasExpander Aliases { get; }

    /// <summary>How many words, assignments and redirections wait for the end of their commands.</summary>
    public (int Words, int Assignments, int Redirections) Counts => (_words.Count, _assignments.Count, _redirections.Count);

    /// <summary>Forgets what is beyond these numbers.</summary>
    public void Truncate(int words, int assignments, int redirections)
    {
        _words.RemoveRange(words, _words.Count - words);
        _assignments.RemoveRange(assignments, _assignments.Count - assignments);
        _redirections.RemoveRange(redirections, _redirections.Count - redirections);
    }

    /// <summary>Reads a command.</summary>
    public Command Parse()
    {
        while (true)
        {
            _parser.Blanks.SkipBlanks();
            ReservedWord word = _parser.Blanks.PeekReserved();
            if (_source.Current == '(' || (word != ReservedWord.None && !(word == ReservedWord.Coproc && _parser.IsPosix)
                && word != ReservedWord.Time && word != ReservedWord.Bang))
            {
                return ParseCompound(word);
            }

            if (word is ReservedWord.Bang)
            {
                throw _parser.Unexpected("a command");
            }

            if (!Aliases.TryExpand())
            {
                return ParseSimple();
            }
        }
    }

    /// <summary>Reads the body of a function: a compound command; by POSIX mode's leave any command.</summary>
    public Command ParseFunctionBody()
    {
        _parser.Blanks.SkipNewlines();
        ReservedWord word = _parser.Blanks.PeekReserved();
        bool isCompound = _source.Current == '('
            || word is ReservedWord.OpenBrace or ReservedWord.Case or ReservedWord.For or ReservedWord.If or ReservedWord.Select
                or ReservedWord.Until or ReservedWord.While or ReservedWord.Conditional;
        if (!isCompound && (!_parser.IsPosix || word != ReservedWord.None || CharacterClass.Of(_source.Current) >= CharacterClass.Meta))
        {
            throw _parser.Unexpected("a compound command as the body of the function", "function", _source.Position);
        }

        return Parse();
    }

    private Command ParseCompound(ReservedWord word)
    {
        SourcePosition position = _source.Position;
        _parser.Enter(position);
        Command command = _compounds.Parse(word, position);
        if (command.Kind is not (StatementKind.Function or StatementKind.Coproc))
        {
            command.Redirections = _parser.Redirections.ParseAll();
        }

        _parser.Leave();
        return command;
    }

    private Command ParseSimple()
    {
        SourcePosition position = _source.Position;
        int words = _words.Count;
        int assignments = _assignments.Count;
        int redirections = _redirections.Count;
        bool isDeclaration = false;
        bool isEval = false;
        bool mayBeDeclaration = true;
        int line = position.Line;
        while (true)
        {
            _parser.Blanks.SkipBlanks();
            char c = _source.Current;
            byte kind = CharacterClass.Of(c);
            if (kind == CharacterClass.End || c is '\n' or ';' or '|' or ')')
            {
                break;
            }

            if ((kind == CharacterClass.Meta || kind == CharacterClass.Brace || char.IsAsciiDigit(c)) && _parser.Redirections.TryParse() is { } redirection)
            {
                _redirections.Add(redirection);
                continue;
            }

            if (c == '&')
            {
                break;
            }

            if (_words.Count == words)
            {
                if (_parser.Assignments.TryParse() is { } assignment)
                {
                    _assignments.Add(assignment);
                    line = _assignments.Count == assignments + 1 ? _source.Line : line;
                    continue;
                }

                // The name may be an alias also after assignments and redirections.
                if ((_assignments.Count > assignments || _redirections.Count > redirections) && Aliases.TryExpand())
                {
                    continue;
                }
            }
            else if (Aliases.TryExpandNext())
            {
                continue;
            }

            if (c == '(')
            {
                if (_words.Count == words + 1 && _assignments.Count == assignments && _redirections.Count == redirections
                    && _words[^1].Parts is [LiteralPart name] && name.Text[0] != '~')
                {
                    _words.RemoveAt(words);
                    return ParseFunction(position, name.Text);
                }

                throw _parser.Unexpected(null);
            }

            Word word = isDeclaration || isEval && _parser.Assignments.IsCompound() ? _parser.Assignments.ParseArgument() : _parser.Words.Parse(WordContext.Argument);
            _words.Add(word);
            if (_words.Count <= words + 2 && _assignments.Count == assignments)
            {
                line = _source.Line;
            }

            if (mayBeDeclaration && word.Literal is { } text)
            {
                isDeclaration = IsDeclarationUtility(text);
                isEval = text == "eval" && !_parser.IsPosix;
                mayBeDeclaration = text is "command" or "builtin";
            }
            else
            {
                mayBeDeclaration = false;
            }
        }

        if (_words.Count == words && _assignments.Count == assignments && _redirections.Count == redirections)
        {
            throw _parser.Unexpected("a command");
        }

        return new SimpleCommand(position, Take(_assignments, assignments), Take(_words, words), Take(_redirections, redirections)) { Line = line };
    }

    private FunctionDefinition ParseFunction(SourcePosition position, string name)
    {
        _parser.Enter(position);
        _source.Index++;
        _parser.Expect(')', "(", position);
        Command body = ParseFunctionBody();
        _parser.Leave();
        return new FunctionDefinition(position, name, body, hasKeyword: false);
    }

    private static bool IsDeclarationUtility(string name) =>
        name is "export" or "readonly" or "local" or "declare" or "typeset" or "alias";

    private static T[] Take<T>(List<T> list, int mark)
    {
        int count = list.Count - mark;
        if (count == 0)
        {
            return [];
        }

        T[] taken = new T[count];
        list.CopyTo(mark, taken, 0, count);
        list.RemoveRange(mark, count);
        return taken;
    }
}
