using System.Buffers;
using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Reads text in which only <c>$</c>, backquote and backslash are special: double quotes, here-documents, arithmetic.</summary>
internal sealed class QuoteParser(ShellParser parser)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("\"$`\\" + SourceText.End);
    private static readonly SearchValues<char> s_documentSpecial = SearchValues.Create("$`\\" + SourceText.End);
    private static readonly SearchValues<char> s_parameterSpecial = SearchValues.Create("\"$`\\}" + SourceText.End);
    private static readonly SearchValues<char> s_arithmeticSpecial = SearchValues.Create("\"$`\\()[]{};:?}" + SourceText.End);

    private readonly SourceText _source = parser.Source;
    private readonly List<WordPart> _parts = parser.Parts;

    /// <summary>Reads a string in double quotes, from its opening quote on.</summary>
    public WordPart ParseDoubleQuoted(QuoteStyle style)
    {
        SourcePosition position = _source.Position;
        parser.Enter(position);
        _source.Index++;
        WordPart[] parts = ParseParts(QuotedContext.DoubleQuotes, "\"", position, out _);
        _source.Index++;
        parser.Leave();
        return Quote(position, parts, style);
    }

    /// <summary>The parts as one part.</summary>
    public static WordPart Quote(SourcePosition position, WordPart[] parts, QuoteStyle style) => parts.Length switch
    {
        0 => new QuotedPart(position, "", style),
        1 when parts[0] is LiteralPart literal => new QuotedPart(position, literal.Text, style),
        _ => new DoubleQuotedPart(position, parts, style),
    };

    /// <summary>Reads up to what ends the context, which is not taken.</summary>
    /// <param name="context">What ends it.</param>
    /// <param name="construct">What is open, for the message if the source ends.</param>
    /// <param name="opened">Where it was opened.</param>
    /// <param name="isMismatched">Of arithmetic: a single <c>)</c> came where two were wanted.</param>
    public WordPart[] ParseParts(QuotedContext context, string construct, SourcePosition opened, out bool isMismatched)
    {
        SourceText source = _source;
        int mark = _parts.Count;
        QuotedScan scan = new(source.Index) { LiteralPosition = source.Position };
        SearchValues<char> special = context switch
        {
            QuotedContext.DoubleQuotes => s_special,
            QuotedContext.HereDocument => s_documentSpecial,
            QuotedContext.Parameter => s_parameterSpecial,
            _ => s_arithmeticSpecial,
        };
        isMismatched = false;
        while (true)
        {
            int skip = source.Buffer.AsSpan(source.Index, source.Length + 1 - source.Index).IndexOfAny(special);
            if (skip > 0)
            {
                source.AdvanceTo(source.Index + skip);
            }

            char c = source.Buffer[source.Index];
            if (c == SourceText.End)
            {
                if (source.Fill())
                {
                    continue;
                }

                if (context == QuotedContext.HereDocument)
                {
                    break;
                }

                throw parser.Unterminated(construct, opened);
            }

            if (c is '$' or '`')
            {
                ParseExpansion(ref scan, c, context);
            }
            else if (c == '\\')
            {
                ParseBackslash(ref scan, context);
            }
            else if (c == '"' && context is not (QuotedContext.DoubleQuotes or QuotedContext.HereDocument))
            {
                // Inside ${…} and arithmetic a further quote is only removed.
                TakeRun(ref scan);
                source.Index++;
                scan.RunStart = source.Index;
                scan.IsInnerQuoted = !scan.IsInnerQuoted;
            }
            else if (IsEnd(ref scan, context, c, out isMismatched))
            {
                break;
            }
            else
            {
                source.Index++;
            }
        }

        Flush(ref scan);
        return parser.TakeParts(mark);
    }

    private bool IsEnd(ref QuotedScan scan, QuotedContext context, char c, out bool isMismatched)
    {
        isMismatched = false;
        if (context is QuotedContext.DoubleQuotes)
        {
            return true;
        }

        if (scan.IsInnerQuoted)
        {
            return false;
        }

        bool isOuter = scan.Parentheses == 0;
        switch (c)
        {
            case '(':
                parser.CheckDepth(++scan.Parentheses, _source.Position);
                return false;
            case ')':
                if (isOuter && context is QuotedContext.Arithmetic or QuotedContext.ForArithmetic)
                {
                    isMismatched = _source.Ahead(1) != ')';
                    return true;
                }

                scan.Parentheses -= isOuter ? 0 : 1;
                return false;
            case '[':
                scan.Brackets++;
                return false;
            case ']':
                if (scan.Brackets == 0)
                {
                    return context == QuotedContext.BracketArithmetic;
                }

                scan.Brackets--;
                return false;
            case '{':
                scan.Braces++;
                return false;
            case '}':
                if (scan.Braces == 0 || context == QuotedContext.Parameter)
                {
                    return context is QuotedContext.Parameter or QuotedContext.Offset or QuotedContext.Length;
                }

                scan.Braces--;
                return false;
            case '?':
                scan.Questions++;
                return false;
            case ':':
                if (scan.Questions > 0)
                {
                    scan.Questions--;
                    return false;
                }

                return context == QuotedContext.Offset && isOuter && scan.Brackets == 0;
            default:
                return c == ';' && context == QuotedContext.ForArithmetic && isOuter;
        }
    }

    private void ParseExpansion(ref QuotedScan scan, char c, QuotedContext context)
    {
        if (c == '$' && !parser.Expansions.IsExpansion(inDoubleQuotes: true))
        {
            _source.Index++;
            return;
        }

        Flush(ref scan);
        _parts.Add(c == '$' ? parser.Expansions.ParseDollar(inDoubleQuotes: true) : parser.Expansions.ParseBackquoted(context != QuotedContext.HereDocument || parser.IsPosix));
        scan.RunStart = _source.Index;
        scan.LiteralPosition = _source.Position;
    }

    private void ParseBackslash(ref QuotedScan scan, QuotedContext context)
    {
        char next = _source.Ahead(1);
        bool isEscape = next is '$' or '`' or '\\' or '\n'
            || (next == '"' && context != QuotedContext.HereDocument)
            || (next == '}' && context == QuotedContext.Parameter);
        if (!isEscape)
        {
            _source.Index += next is SourceText.End ? 1 : 2;
            return;
        }

        TakeRun(ref scan);
        _source.Index++;
        if (next == '\n')
        {
            _source.TakeNewline();
            scan.RunStart = _source.Index;
        }
        else
        {
            // The character itself begins the next run.
            scan.Prefix ??= new StringBuilder();
            scan.RunStart = _source.Index++;
        }
    }

    private void TakeRun(ref QuotedScan scan)
    {
        if (_source.Index > scan.RunStart)
        {
            (scan.Prefix ??= new StringBuilder()).Append(_source.Span(scan.RunStart, _source.Index));
        }
    }

    private void Flush(ref QuotedScan scan)
    {
        string text;
        if (scan.Prefix is not null)
        {
            text = scan.Prefix.Append(_source.Span(scan.RunStart, _source.Index)).ToString();
            scan.Prefix = null;
        }
        else
        {
            text = WordTexts.Get(_source.Span(scan.RunStart, _source.Index));
        }

        scan.RunStart = _source.Index;
        if (text.Length > 0)
        {
            parser.CountPart();
            _parts.Add(new LiteralPart(scan.LiteralPosition, text, WordFlags.None));
        }
    }
}
