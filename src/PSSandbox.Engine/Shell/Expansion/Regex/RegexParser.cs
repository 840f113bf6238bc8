using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Reads extended regular expressions (POSIX XBD 9.4) with GNU's <c>\w \W \s \S \b \B \&lt; \&gt;</c>.</summary>
internal sealed class RegexParser
{
    private const int MaxDepth = 200;
    private const int MaxRepeat = 32767;

    // A node takes about a hundred bytes.
    private const int MaxNodes = 1 << 20;
    private readonly string _text;
    private readonly bool _utf8;
    private readonly bool _ignoreCase;
    private readonly IExpansionHost? _host;
    private int _at;
    private int _depth;
    private int _groups;
    private int _nodes;
    private int _steps;
    private string? _error;

    private RegexParser(string text, RegexOptions options, IExpansionHost? host)
    {
        _text = text;
        _host = host;
        _utf8 = (options & RegexOptions.Utf8) != 0;
        _ignoreCase = (options & RegexOptions.IgnoreCase) != 0;
    }

    /// <summary>The tree of an expression and the number of its groups; null with the reason for an invalid one.</summary>
    public static RegexNode? TryParse(string text, RegexOptions options, IExpansionHost? host, out int groups, out string? error)
    {
        var parser = new RegexParser(text, options, host);
        RegexNode node = parser.ParseAlternation();
        groups = parser._groups;
        error = parser._error;
        return error is null ? node : null;
    }

    private RegexNode ParseAlternation()
    {
        List<RegexNode> alternatives = [ParseSequence()];
        while (_error is null && _at < _text.Length && _text[_at] == '|')
        {
            _at++;
            alternatives.Add(ParseSequence());
        }

        return alternatives.Count == 1 ? alternatives[0] : new RegexNode(RegexNodeKind.Alternation, [.. alternatives]);
    }

    private RegexNode ParseSequence()
    {
        List<RegexNode> nodes = [];
        StringBuilder literal = new();
        while (_error is null && _at < _text.Length && _text[_at] != '|' && !(_text[_at] == ')' && _depth > 0))
        {
            if ((++_steps & 0xfff) == 0)
                PatternMatcher.CheckAttention(_host);
            RegexNode? node = ParseAtom(nodes.Count == 0 && literal.Length == 0);
            if (_error is not null)
                break;
            RegexNode repeated = ParseRepetition(node!);
            if (repeated.Kind == RegexNodeKind.Literal)
            {
                literal.Append(repeated.Text);
                continue;
            }

            Flush(literal, nodes);
            nodes.Add(repeated);
            if (++_nodes > MaxNodes)
                Fail("Regular expression too big");
        }

        Flush(literal, nodes);
        return nodes.Count switch
        {
            0 => new RegexNode(RegexNodeKind.Empty),
            1 => nodes[0],
            _ => new RegexNode(RegexNodeKind.Sequence, [.. nodes]),
        };
    }

    private static void Flush(StringBuilder literal, List<RegexNode> nodes)
    {
        if (literal.Length == 0)
            return;
        nodes.Add(new RegexNode(RegexNodeKind.Literal) { Text = literal.ToString() });
        literal.Clear();
    }

    private RegexNode? ParseAtom(bool first)
    {
        char c = _text[_at];
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '.':
                _at++;
                return new RegexNode(RegexNodeKind.Set);
            case '[':
                CharacterSet? set = BracketExpression.TryParse(_text, _at + 1, shell: false, _utf8, out int end);
                if (set is null)
                    return Fail("Unmatched [, [^, [:, [., or [=");
                if (_ignoreCase)
                    set.AddOtherCase();
                _at = end;
                return new RegexNode(RegexNodeKind.Set) { Set = set };
            case '^' or '$':
                _at++;
                return new RegexNode(RegexNodeKind.Assertion) { Assertion = c };
            case '*' or '+' or '?' when first:
                return Fail("Invalid preceding regular expression");
            case '\\':
                return ParseEscape();
            default:
                int length = Characters.LengthAt(_text, _at, _utf8);
                string text = _text.Substring(_at, length);
                _at += length;
                return Literal(text);
        }
    }

    private RegexNode Literal(string text) =>
        new(RegexNodeKind.Literal) { Text = _ignoreCase ? LetterCase.ToLower(text, utf8: false) : text };

    private RegexNode? ParseEscape()
    {
        if (_at + 1 >= _text.Length)
            return Fail("Trailing backslash");
        char c = _text[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'w' or 'W':
                return Class("word", c == 'W');
            case 's' or 'S':
                return Class("space", c == 'S');
            case 'b' or 'B' or '<' or '>':
                return new RegexNode(RegexNodeKind.Assertion) { Assertion = c };
            case '`' or '\'':
                return new RegexNode(RegexNodeKind.Assertion) { Assertion = c == '`' ? '^' : '$' };
            case >= '1' and <= '9':
                return Fail("Invalid back reference");
            default:
                return Literal(c.ToString());
        }
    }

    private RegexNode Class(string name, bool negated)
    {
        var set = new CharacterSet { Negated = negated };
        set.AddClass(name, _utf8);
        return new RegexNode(RegexNodeKind.Set) { Set = set };
    }

    private RegexNode? ParseGroup()
    {
        if (_depth >= MaxDepth)
            return Fail("Regular expression too big");
        _at++;
        _depth++;
        int number = ++_groups;
        RegexNode inner = ParseAlternation();
        _depth--;
        if (_error is not null)
            return null;
        if (_at >= _text.Length)
            return Fail("Unmatched ( or \\(");
        _at++;
        return new RegexNode(RegexNodeKind.Group, [inner]) { Number = number };
    }

    private RegexNode ParseRepetition(RegexNode node)
    {
        int nested = 0;
        while (_at < _text.Length)
        {
            int least, most;
            switch (_text[_at])
            {
                case '*':
                    (least, most) = (0, RegexNode.Unbounded);
                    _at++;
                    break;
                case '+':
                    (least, most) = (1, RegexNode.Unbounded);
                    _at++;
                    break;
                case '?':
                    (least, most) = (0, 1);
                    _at++;
                    break;
                case '{':
                    if (!TryParseBounds(out least, out most))
                        return node;
                    break;
                default:
                    return node;
            }

            if (++nested > 16)
            {
                Fail("Regular expression too big");
                return node;
            }

            node = new RegexNode(RegexNodeKind.Repeat, [node]) { Least = least, Most = most };
        }

        return node;
    }

    // {n}, {n,}, {,m}, {n,m}.
    private bool TryParseBounds(out int least, out int most)
    {
        int at = _at + 1;
        bool any = ReadNumber(ref at, out least);
        most = least;
        if (at < _text.Length && _text[at] == ',')
        {
            at++;
            if (!ReadNumber(ref at, out most))
                most = RegexNode.Unbounded;
            else
                any = true;
        }

        if (!any || at >= _text.Length || _text[at] != '}')
        {
            Fail(at >= _text.Length ? "Unmatched { or \\{" : "Invalid content of \\{\\}");
            return false;
        }

        if (least > MaxRepeat || (most > MaxRepeat && most != RegexNode.Unbounded))
            Fail("Regular expression too big");
        else if (most < least)
            Fail("Invalid content of \\{\\}");
        _at = at + 1;
        return _error is null;
    }

    private bool ReadNumber(ref int at, out int number)
    {
        int start = at;
        number = 0;
        for (; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
            number = Math.Min((number * 10) + _text[at] - '0', MaxRepeat + 1);
        return at > start;
    }

    private RegexNode? Fail(string error)
    {
        _error ??= error;
        return null;
    }
}
