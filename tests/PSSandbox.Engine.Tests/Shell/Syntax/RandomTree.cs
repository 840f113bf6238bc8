using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

/// <summary>Makes syntax trees at random, of the kinds the parser can make.</summary>
internal sealed class RandomTree(int seed)
{
    private static readonly string[] s_names = ["a", "foo", "_x1", "PATH"];
    private static readonly string[] s_literals = ["abc", "-n", "x.c", "1.", "a=", "]", "%", "a,b", "^", "+x", "@", "a:b"];
    private static readonly string[] s_quoted = ["", " ", "a b", "$x", "\"", "\\", "`", "*", "a\nb", "}", "#", "~", "!", "\\\n", "$", "é\x80\xff", "\t", "(", "a\\"];
    private static readonly ParameterOperator[] s_words = [ParameterOperator.Default, ParameterOperator.Assign, ParameterOperator.Error, ParameterOperator.Alternative];

    private static readonly ParameterOperator[] s_patterns =
    [
        ParameterOperator.RemoveShortestPrefix, ParameterOperator.RemoveLongestPrefix, ParameterOperator.RemoveShortestSuffix, ParameterOperator.RemoveLongestSuffix,
        ParameterOperator.UppercaseFirst, ParameterOperator.UppercaseAll, ParameterOperator.LowercaseAll, ParameterOperator.ToggleFirst,
    ];

    private static readonly string[] s_expressions = ["i", "i+1", "a[1]*2", "x?1:2", " (a) << 3 ", "a=b,c", "16#ff"];

    private readonly Random _random = new(seed);
    private int _documents;

    /// <summary>A script, nested at most so deep.</summary>
    public Script MakeScript(int depth) => new(default, MakeList(depth), []);

    private CommandList MakeList(int depth, int max = 3) =>
        new(default, Many(1, max, () => new ListItem(MakeStatement(depth), _random.Next(5) == 0)));

    private Statement MakeStatement(int depth) => _random.Next(8) switch
    {
        0 => MakeAndOr(depth),
        1 => MakePipeline(depth),
        _ => MakeCommand(depth),
    };

    private AndOr MakeAndOr(int depth)
    {
        Statement[] operands = Many<Statement>(2, 4, () => Chance(3) ? MakePipeline(depth) : MakeCommand(depth));
        return new AndOr(default, operands, Many(operands.Length - 1, operands.Length - 1, () => Chance(2)));
    }

    private Pipeline MakePipeline(int depth)
    {
        Command[] commands = Many(2, 4, () => MakeCommand(depth));
        bool[] pipesError = Many(commands.Length, commands.Length, () => Chance(4));
        pipesError[^1] = false;
        return new Pipeline(default, commands, pipesError, Chance(3), (PipelineTiming)_random.Next(3));
    }

    private Command MakeCommand(int depth)
    {
        if (depth <= 0 || Chance(2))
        {
            return MakeSimple(depth);
        }

        depth--;
        string name = Pick(s_names);
        Command command = _random.Next(13) switch
        {
            0 => new Subshell(default, MakeList(depth)),
            1 => new BraceGroup(default, MakeList(depth)),
            2 => new IfCommand(default, Many(1, 3, () => new IfBranch(MakeList(depth, 2), MakeList(depth))), Chance(2) ? MakeList(depth) : null),
            3 => new LoopCommand(default, Chance(2), MakeList(depth, 2), MakeList(depth)),
            4 => new ForCommand(default, name, Chance(3) ? null : Many(0, 3, () => MakeWord(depth)), MakeList(depth)),
            5 => new SelectCommand(default, name, Chance(3) ? null : Many(0, 3, () => MakeWord(depth)), MakeList(depth)),
            6 => new ArithmeticForCommand(default, MakeOptionalExpression(depth), MakeOptionalExpression(depth), MakeOptionalExpression(depth), MakeList(depth)),
            7 => new CaseCommand(default, MakeWord(depth), Many(0, 3, () => MakeClause(depth))),
            8 => new FunctionDefinition(default, name, WithRedirections(new BraceGroup(default, MakeList(depth)), depth), Chance(2)),
            9 => new ArithmeticCommand(default, MakeExpression(depth)),
            10 => new ConditionalCommand(default, MakeConditional(depth)),
            11 => new CoprocCommand(default, name, new BraceGroup(default, MakeList(depth))),
            _ => new BraceGroup(default, MakeList(depth)),
        };
        return command is FunctionDefinition or CoprocCommand ? command : WithRedirections(command, depth);
    }

    private CaseClause MakeClause(int depth) =>
        new(default, Many(1, 3, () => MakeWord(depth)), Chance(4) ? null : MakeList(depth), (CaseTerminator)_random.Next(3));

    private Command WithRedirections(Command command, int depth)
    {
        command.Redirections = Many(0, 2, () => MakeRedirection(depth));
        return command;
    }

    private SimpleCommand MakeSimple(int depth)
    {
        Word[] words = Many(1, 4, () => MakeWord(depth));

        // The first must not be read as an assignment, a reserved word or a declaration.
        words[0] = new Word(default, [new LiteralPart(default, Pick(["echo", "cmd", "./x", "a-b"]), WordFlags.None)]);
        return new SimpleCommand(default, Many(0, 2, () => MakeAssignment(depth)), words, Many(0, 2, () => MakeRedirection(depth)));
    }

    private Assignment MakeAssignment(int depth)
    {
        Subscript? subscript = Chance(3) ? MakeSubscript() : null;
        if (subscript is null && Chance(3))
        {
            ArrayElement[] elements = Many(0, 3, () => Chance(2)
                ? new ArrayElement(default, null, false, MakeWord(depth))
                : new ArrayElement(default, MakeSubscript(), Chance(3), MakeWord(depth)));
            return new Assignment(default, Pick(s_names), null, Chance(3), Word.Empty, elements);
        }

        return new Assignment(default, Pick(s_names), subscript, Chance(3), Chance(4) ? Word.Empty : MakeWord(depth), null);
    }

    private Subscript MakeSubscript()
    {
        string text = Pick(["1", "i", "i+1", "@", "*"]);
        Word word = new(default, [new LiteralPart(default, text, text == "*" ? WordFlags.HasGlob : WordFlags.None)]);
        SubscriptKind kind = text == "@" ? SubscriptKind.At : text == "*" ? SubscriptKind.Star : SubscriptKind.Element;
        return new Subscript(default, word, kind, kind == SubscriptKind.Element ? new ArithmeticExpression(default, word.Parts) : null);
    }

    private Redirection MakeRedirection(int depth)
    {
        RedirectionOperator op = (RedirectionOperator)_random.Next(12);
        int descriptor = op >= RedirectionOperator.OutputAndError || Chance(2) ? -1 : _random.Next(20);
        string? variable = op < RedirectionOperator.OutputAndError && descriptor < 0 && Chance(4) ? "fd" : null;
        if (op is not (RedirectionOperator.HereDocument or RedirectionOperator.HereDocumentStripTabs))
        {
            return new Redirection(default, op, descriptor, variable, MakeWord(depth));
        }

        // A document inside another one has to end otherwise.
        string delimiter = "END" + ++_documents;
        bool isQuoted = Chance(2);
        Word target = new(default, [isQuoted ? new QuotedPart(default, delimiter, QuoteStyle.Single) : new LiteralPart(default, delimiter, WordFlags.None)]);
        return new Redirection(default, op, descriptor, variable, target) { Document = new HereDocument(default, delimiter, isQuoted, MakeBody(isQuoted, depth)) };
    }

    private Word MakeBody(bool isQuoted, int depth)
    {
        string text = string.Concat(Many(0, 3, () => Pick(["a", "$ x", "\\", "`", "\"q\" 'r'", "\\\\", "$"]) + "\n"));
        if (isQuoted)
        {
            return new Word(default, [new QuotedPart(default, text, QuoteStyle.HereDocument)]);
        }

        return Chance(2)
            ? new Word(default, [new QuotedPart(default, text, QuoteStyle.HereDocument)])
            : new Word(default, [new DoubleQuotedPart(default, [MakeExpansion(depth, true), new LiteralPart(default, "." + text + "\n", WordFlags.None)], QuoteStyle.HereDocument)]);
    }

    private Word MakeWord(int depth) => new(default, MakeParts(depth));

    private WordPart[] MakeParts(int depth)
    {
        List<WordPart> parts = [];
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            WordPart part = MakePart(depth);

            // Pieces of one kind next to each other would be read as one.
            bool isJoined = parts.Count > 0 && part is LiteralPart or QuotedPart { Style: QuoteStyle.Backslash } && parts[^1].GetType() == part.GetType();
            if (!isJoined)
            {
                parts.Add(part);
            }
        }

        return parts.ToArray();
    }

    private WordPart MakePart(int depth)
    {
        switch (_random.Next(6))
        {
            case 0:
            case 1:
                string text = Pick(s_literals);
                return new LiteralPart(default, text, WordFlags.None);
            case 2:
                return new LiteralPart(default, Pick(["*.c", "a?", "[a-z]"]), WordFlags.HasGlob);
            case 3:
                QuoteStyle style = (QuoteStyle)_random.Next(5);
                string quoted = Pick(s_quoted);
                return style switch
                {
                    QuoteStyle.Single => new QuotedPart(default, quoted, style),
                    QuoteStyle.Backslash => new QuotedPart(default, Pick(["$", " ", "\\", "a", "'", "*?"]), style),
                    _ => new QuotedPart(default, quoted, style),
                };
            case 4:
                WordPart[] parts = MakeQuotedParts(depth);
                return parts.Length == 1 && parts[0] is LiteralPart only
                    ? new QuotedPart(default, only.Text, QuoteStyle.Double)
                    : new DoubleQuotedPart(default, parts, Chance(8) ? QuoteStyle.Locale : QuoteStyle.Double);
            default:
                return MakeExpansion(depth, false);
        }
    }

    private WordPart[] MakeQuotedParts(int depth)
    {
        List<WordPart> parts = [];
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            string text = Pick(s_quoted);
            bool isText = Chance(2) && text.Length > 0 && !(parts.Count > 0 && parts[^1] is LiteralPart);
            parts.Add(isText ? new LiteralPart(default, text, WordFlags.None) : MakeExpansion(depth, true));
        }

        return parts.ToArray();
    }

    private WordPart MakeExpansion(int depth, bool isQuoted)
    {
        if (depth <= 0)
        {
            return new ParameterPart(default, Pick(["a", "1", "@", "*", "#", "?", "12", "_x"]));
        }

        depth--;
        return _random.Next(6) switch
        {
            0 => new CommandSubstitutionPart(default, Chance(8) ? new CommandList(default, []) : MakeList(depth, 2), Chance(3)),
            1 => new ArithmeticPart(default, MakeExpression(depth), Chance(4)),
            2 when !isQuoted => new ProcessSubstitutionPart(default, MakeList(depth, 2), Chance(2)),
            _ => MakeParameter(depth, isQuoted),
        };
    }

    private ParameterPart MakeParameter(int depth, bool isQuoted)
    {
        string name = Pick(s_names);
        Subscript? subscript = Chance(3) ? MakeSubscript() : null;
        switch (_random.Next(8))
        {
            case 0:
                return new ParameterPart(default, name, subscript, ParameterOperator.Length);
            case 1:
                Word? word = Chance(5) ? null : isQuoted ? MakeQuotedWord(depth) : MakeWord(depth);
                return new ParameterPart(default, name, subscript, Pick(s_words), word) { TestsNull = Chance(2), IsIndirect = Chance(4) };
            case 2:
                return new ParameterPart(default, name, subscript, Pick(s_patterns), new Word(default, [new LiteralPart(default, "x", WordFlags.None), .. MakeParts(depth - 1).Where(p => p is not (LiteralPart or QuotedPart { Style: QuoteStyle.Backslash }))]));
            case 3:
                Word pattern = new(default, [new LiteralPart(default, Pick(["x", "a.b"]), WordFlags.None), new QuotedPart(default, "/}", QuoteStyle.Single)]);
                ParameterOperator op = Pick([ParameterOperator.ReplaceFirst, ParameterOperator.ReplaceAll, ParameterOperator.ReplacePrefix, ParameterOperator.ReplaceSuffix]);
                return new ParameterPart(default, name, subscript, op, pattern) { Replacement = Chance(3) ? null : Chance(3) ? Word.Empty : MakeWord(depth) };
            case 4:
                return new ParameterPart(default, name, subscript, ParameterOperator.Substring)
                {
                    Offset = new ArithmeticExpression(default, [new LiteralPart(default, Pick([" -1", "1", "i?1:2"]), WordFlags.None)]),
                    Length = Chance(2) ? MakeExpression(0) : null,
                };
            case 5:
                return new ParameterPart(default, name, subscript, ParameterOperator.Transform) { Letter = Pick(["Q", "U", "A"])[0] };
            case 6:
                return new ParameterPart(default, name, null, ParameterOperator.NamesWithPrefix) { Letter = '*' };
            default:
                return new ParameterPart(default, name, subscript) { IsIndirect = subscript?.Kind is null or SubscriptKind.Element && Chance(4) };
        }
    }

    private Word MakeQuotedWord(int depth)
    {
        WordPart[] parts = MakeQuotedParts(depth);
        return new Word(default, [QuoteParser.Quote(default, parts, QuoteStyle.Double)]);
    }

    private ArithmeticExpression MakeExpression(int depth) => new(default, Chance(3)
        ? [new LiteralPart(default, "x+", WordFlags.None), MakeExpansion(depth, true), new LiteralPart(default, " * 2", WordFlags.None)]
        : [new LiteralPart(default, Pick(s_expressions), WordFlags.None)]);

    private ArithmeticExpression? MakeOptionalExpression(int depth)
    {
        ArithmeticExpression? expression = Chance(3) ? null : MakeExpression(depth);

        // Blanks before it belong to the layout.
        return expression?.Parts[0].LiteralText is { } text && text[0] == ' ' ? null : expression;
    }

    private ConditionalNode MakeConditional(int depth)
    {
        if (depth <= 0 || Chance(2))
        {
            return _random.Next(3) switch
            {
                0 => new ConditionalUnary(default, Pick(["-f", "-z", "-v"]), MakeWord(depth), false),
                1 => new ConditionalUnary(default, "-n", new Word(default, [new QuotedPart(default, "x", QuoteStyle.Double)]), true),
                _ => new ConditionalBinary(default, (ConditionalOperator)_random.Next(14), new Word(default, [new ParameterPart(default, "a")]), MakeWord(depth)),
            };
        }

        depth--;
        switch (_random.Next(3))
        {
            case 0:
                return new ConditionalNot(default, new ConditionalGroup(default, MakeConditional(depth)));
            case 1:
                return new ConditionalGroup(default, MakeConditional(depth));
            default:
                bool isOr = Chance(2);
                return new ConditionalLogical(default, isOr, Many(2, 3, () => MakeConditional(depth) is var node && node is ConditionalLogical ? new ConditionalGroup(default, node) : node));
        }
    }

    private bool Chance(int outOf) => _random.Next(outOf) == 0;

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private T[] Many<T>(int least, int most, Func<T> make)
    {
        T[] result = new T[_random.Next(least, most + 1)];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = make();
        }

        return result;
    }
}
