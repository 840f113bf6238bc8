namespace PSSandbox.Shell.Syntax;

/// <summary>Reads <c>[[ expression ]]</c>.</summary>
internal sealed class ConditionalParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private SourcePosition _opened;

    /// <summary>Reads it from the opening brackets on.</summary>
    public ConditionalCommand Parse(SourcePosition position)
    {
        SourcePosition outer = _opened;
        _opened = position;
        _source.Index += 2;
        ConditionalNode expression = ParseOr();
        parser.Blanks.SkipNewlines();
        if (!IsClosing())
        {
            throw parser.Unexpected("`]]'", "[[", position);
        }

        _source.Index += 2;
        _opened = outer;
        return new ConditionalCommand(position, expression);
    }

    private bool IsClosing() =>
        _source.Current == ']' && _source.Ahead(1) == ']' && parser.Blanks.IsWordEnd(2);

    private ConditionalNode ParseOr() => ParseLogical('|');

    // One level of || or of &&, which binds tighter.
    private ConditionalNode ParseLogical(char op)
    {
        ConditionalNode first = op == '|' ? ParseLogical('&') : ParseTerm();
        List<ConditionalNode>? operands = null;
        while (true)
        {
            parser.Blanks.SkipNewlines();
            if (_source.Current != op || _source.Ahead(1) != op)
            {
                break;
            }

            _source.Index += 2;
            operands ??= [first];
            operands.Add(op == '|' ? ParseLogical('&') : ParseTerm());
        }

        return operands is null ? first : new ConditionalLogical(first.Position, op == '|', operands.ToArray());
    }

    private ConditionalNode ParseTerm()
    {
        parser.Blanks.SkipNewlines();
        SourcePosition position = _source.Position;
        char c = _source.Current;
        if (c == '(')
        {
            parser.Enter(position);
            _source.Index++;
            ConditionalNode inner = ParseOr();
            parser.Blanks.SkipNewlines();
            parser.Expect(')', "(", position);
            parser.Leave();
            return new ConditionalGroup(position, inner);
        }

        if (c == '!' && CharacterClass.Of(_source.Ahead(1)) is CharacterClass.Meta)
        {
            parser.Enter(position);
            _source.Index++;
            ConditionalNode operand = ParseTerm();
            parser.Leave();
            return new ConditionalNot(position, operand);
        }

        return ParsePrimary(position);
    }

    private ConditionalNode ParsePrimary(SourcePosition position)
    {
        Word left = ParseOperand("an expression");
        if (left.Parts is [LiteralPart { Text: { Length: 2 } unary }] && ConditionalOperators.IsUnary(unary))
        {
            parser.Blanks.SkipBlanks();
            return new ConditionalUnary(position, string.Intern(unary), ParseOperand($"an operand of `{unary}'"), isImplicit: false);
        }

        parser.Blanks.SkipBlanks();
        if (!TryReadOperator(out ConditionalOperator op))
        {
            return new ConditionalUnary(position, "-n", left, isImplicit: true);
        }

        parser.Blanks.SkipBlanks();
        Word right = op == ConditionalOperator.Regex ? parser.Words.Parse(WordContext.Regex) : ParseOperand("an operand");
        return right.Parts.Length > 0
            ? new ConditionalBinary(position, op, left, right)
            : throw parser.Unexpected("an operand", "[[", _opened);
    }

    private Word ParseOperand(string expected)
    {
        if (!IsClosing())
        {
            Word word = parser.Words.Parse(WordContext.Pattern);
            if (word.Parts.Length > 0)
            {
                return word;
            }
        }

        throw parser.Unexpected(expected, "[[", _opened);
    }

    private bool TryReadOperator(out ConditionalOperator op)
    {
        char c = _source.Current;
        if (c is '<' or '>')
        {
            op = c == '<' ? ConditionalOperator.Less : ConditionalOperator.Greater;
            _source.Index++;
            return true;
        }

        int length = 0;
        while (length < 4 && CharacterClass.Of(_source.Ahead(length)) is not (CharacterClass.Meta or CharacterClass.End))
        {
            length++;
        }

        if (!ConditionalOperators.TryFind(_source.Span(_source.Index, _source.Index + length), out op))
        {
            return false;
        }

        _source.Index += length;
        return true;
    }
}
