using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Reads shell patterns (POSIX XCU 2.14, bash manual 3.5.8.1). There are no errors: what is no pattern stands for itself.</summary>
internal sealed class PatternCompiler
{
    private const int MaxDepth = 100;
    private readonly string _text;
    private readonly PatternOptions _options;
    private readonly bool _utf8;
    private readonly int _lastBracket;
    private readonly int[]? _closing;
    private readonly IExpansionHost? _host;
    private int _at;
    private int _steps;

    private PatternCompiler(string text, PatternOptions options, IExpansionHost? host)
    {
        _text = text;
        _host = host;
        _options = options;
        _utf8 = (options & PatternOptions.Utf8) != 0;
        _lastBracket = text.LastIndexOf(']');
        if ((options & PatternOptions.Extended) != 0 && text.Contains('(', StringComparison.Ordinal))
            _closing = FindClosing();
    }

    /// <summary>The elements of a pattern.</summary>
    public static PatternElement[] Compile(string text, PatternOptions options, IExpansionHost? host) =>
        new PatternCompiler(text, options, host).ParseSequence(text.Length, 0);

    // Reads up to a place, or up to the bar before it within a group.
    private PatternElement[] ParseSequence(int end, int depth)
    {
        List<PatternElement> elements = [];
        StringBuilder literal = new();
        while (_at < end)
        {
            if ((++_steps & 0xffff) == 0)
                PatternMatcher.CheckAttention(_host);
            char c = _text[_at];
            if (depth > 0 && c == '|')
                break;
            PatternElement? element = null;
            if (_closing is not null && _at + 1 < end && _text[_at + 1] == '(' && c is '?' or '*' or '+' or '@' or '!')
                element = TryParseGroup(c, end, depth);
            if (element is null && c == '\\')
            {
                _at += _at + 1 < end ? 1 : 0;
                literal.Append(Fold(_text[_at++]));
                continue;
            }

            if (element is null)
            {
                switch (c)
                {
                    case '*':
                        _at++;
                        element = PatternElement.Star;
                        if (literal.Length == 0 && elements.Count > 0 && elements[^1] == PatternElement.Star)
                            continue;
                        break;
                    case '?':
                        _at++;
                        element = PatternElement.Any;
                        break;
                    case '[':
                        element = TryParseSet(end);
                        break;
                }
            }

            if (element is null)
            {
                literal.Append(Fold(c));
                _at++;
                continue;
            }

            Flush(literal, elements);
            elements.Add(element);
        }

        Flush(literal, elements);
        return [.. elements];
    }

    private static void Flush(StringBuilder literal, List<PatternElement> elements)
    {
        if (literal.Length == 0)
            return;
        elements.Add(new PatternElement(PatternElementKind.Literal, literal.ToString()));
        literal.Clear();
    }

    private char Fold(char c) => (_options & PatternOptions.IgnoreCase) != 0 && char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    private PatternElement? TryParseSet(int end)
    {
        if (_lastBracket <= _at)
            return null;
        CheckLongSet();
        CharacterSet? set = BracketExpression.TryParse(_text.AsSpan(0, end), _at + 1, shell: true, _utf8, out int next);
        if (set is null)
            return null;
        if ((_options & PatternOptions.IgnoreCase) != 0)
            set.AddOtherCase();
        _at = next;
        return new PatternElement(PatternElementKind.Set, Set: set);
    }

    // What looks for the end of a set may look through the whole text, again and again.
    private void CheckLongSet()
    {
        if (_text.Length > LargeText.Piece / 16)
            PatternMatcher.CheckAttention(_host);
    }

    private PatternElement? TryParseGroup(char kind, int end, int depth)
    {
        int close = _closing![_at + 1];
        if (close < 0 || close >= end || depth >= MaxDepth)
            return null;
        _at += 2;
        List<PatternElement[]> alternatives = [];
        while (true)
        {
            alternatives.Add(ParseSequence(close, depth + 1));
            if (_at >= close)
                break;
            _at++;
            if (_at == close)
            {
                alternatives.Add([]);
                break;
            }
        }

        _at = close + 1;
        return new PatternElement(PatternElementKind.Group, Operator: kind, Alternatives: [.. alternatives]);
    }

    // For every parenthesis of an extended pattern the one that closes it, found in one pass; -1 where there is none.
    private int[] FindClosing()
    {
        string text = _text;
        int[] closing = new int[text.Length];
        for (int i = 0; i < closing.Length; i++)
            closing[i] = -1;
        Stack<int> open = new();
        for (int i = 0; i < text.Length; i++)
        {
            if ((++_steps & 0xffff) == 0)
                PatternMatcher.CheckAttention(_host);
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    open.Push(i);
                    break;
                case ')' when open.Count > 0:
                    closing[open.Pop()] = i;
                    break;
                case '[' when _lastBracket > i:
                    CheckLongSet();

                    // A parenthesis within brackets is an ordinary character.
                    int bracket = text.IndexOf(']', Math.Min(i + 2, text.Length));
                    int next = text.AsSpan(i + 1).IndexOfAny("()|") + i + 1;
                    if (bracket > 0 && next > i && next < bracket && BracketExpression.TryParse(text, i + 1, true, false, out int end) is not null)
                        i = end - 1;
                    break;
            }
        }

        return closing;
    }
}
