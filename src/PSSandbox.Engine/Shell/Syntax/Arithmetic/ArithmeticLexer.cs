namespace PSSandbox.Shell.Syntax;

/// <summary>Splits an arithmetic expression into tokens, one ahead of the parser.</summary>
/// <param name="text">The text.</param>
/// <param name="checkpoint">Called now and then, so that a long text can be left.</param>
internal sealed class ArithmeticLexer(string text, Action? checkpoint)
{
    private const int CheckInterval = 0xffff;

    private int _next;
    private int _previousStart;
    private int _rounds;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The current token.</summary>
    public ArithmeticToken Token { get; private set; }

    /// <summary>Where the current token begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where an error is reported: the current token, or at the end the one before it.</summary>
    public int ErrorStart => Token == ArithmeticToken.End ? _previousStart : Start;

    /// <summary>The value of a constant, or the index of an operand.</summary>
    public long Value { get; private set; }

    /// <summary>The variable's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The operator a compound assignment applies.</summary>
    public ArithmeticOperator AssignmentOperator { get; private set; }

    /// <summary>What is wrong with a <see cref="ArithmeticToken.Bad"/> token.</summary>
    public string? Error { get; private set; }

    /// <summary>A subscript without the quotes around its pieces.</summary>
    public static string RemoveQuotes(string text)
    {
        if (text.AsSpan().IndexOfAny('\'', '"', '\\') < 0)
        {
            return text;
        }

        System.Text.StringBuilder result = new(text.Length);
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                result.Append(text[++i]);
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == quote && quote != '\0')
            {
                quote = '\0';
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>Reads the next token.</summary>
    /// <param name="afterName">Whether a variable was just read: then <c>++</c> and <c>--</c> belong to it.</param>
    public void Next(bool afterName = false)
    {
        string text = Text;
        int i = _next;
        if ((++_rounds & 0xfff) == 0)
            checkpoint?.Invoke();
        while (i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r')
        {
            i++;
        }

        _previousStart = Start;
        Start = i;
        Error = null;
        if (i >= text.Length)
        {
            _next = i;
            Token = ArithmeticToken.End;
            return;
        }

        char c = text[i];
        if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            int end = i + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            Name = text[i..end];
            Take(ArithmeticToken.Name, end - i);
        }
        else if (c >= ArithmeticExpression.FirstMarker)
        {
            Value = c - ArithmeticExpression.FirstMarker;
            Take(ArithmeticToken.Operand, 1);
        }
        else
        {
            ReadOperator(c, afterName);
        }
    }

    /// <summary>After a variable: whether <c>++</c> or <c>--</c> follows; if so it is taken.</summary>
    public bool IsPostfix(out int delta)
    {
        delta = Token switch { ArithmeticToken.Increment => 1, ArithmeticToken.Decrement => -1, _ => 0 };
        if (delta != 0)
        {
            Next();
        }

        return delta != 0;
    }

    /// <summary>Right after a name: the text between the brackets that follow it, or null.</summary>
    public string? ReadSubscript(out bool isOpen)
    {
        isOpen = false;
        if (_next >= Text.Length || Text[_next] != '[')
        {
            return null;
        }

        int depth = 0;
        for (int i = _next; i < Text.Length; i++)
        {
            if ((++_rounds & CheckInterval) == 0)
                checkpoint?.Invoke();
            if (Text[i] == '[')
            {
                depth++;
            }
            else if (Text[i] == ']' && --depth == 0)
            {
                string subscript = Text[(_next + 1)..i];
                _next = i + 1;
                return subscript;
            }
        }

        isOpen = true;
        return null;
    }

    private void ReadOperator(char c, bool afterName)
    {
        char second = At(1);
        switch (c)
        {
            case '(': Take(ArithmeticToken.Open, 1); break;
            case ')': Take(ArithmeticToken.Close, 1); break;
            case '?': Take(ArithmeticToken.Question, 1); break;
            case ':': Take(ArithmeticToken.Colon, 1); break;
            case ',': Take(ArithmeticToken.Comma, 1); break;
            case '~': Take(ArithmeticToken.BitNot, 1); break;
            case '=' when second == '=': Take(ArithmeticToken.Equal, 2); break;
            case '=': TakeAssignment(ArithmeticOperator.None, 1); break;
            case '!' when second == '=': Take(ArithmeticToken.NotEqual, 2); break;
            case '!': Take(ArithmeticToken.LogicalNot, 1); break;
            case '+' or '-' when second == c && (afterName || IsBeforeName(2)):
                Take(c == '+' ? ArithmeticToken.Increment : ArithmeticToken.Decrement, 2);
                break;
            case '+': TakeOrAssign(ArithmeticToken.Plus, ArithmeticOperator.Add, 1); break;
            case '-': TakeOrAssign(ArithmeticToken.Minus, ArithmeticOperator.Subtract, 1); break;
            case '*' when second == '*': Take(ArithmeticToken.Power, 2); break;
            case '*': TakeOrAssign(ArithmeticToken.Multiply, ArithmeticOperator.Multiply, 1); break;
            case '/': TakeOrAssign(ArithmeticToken.Divide, ArithmeticOperator.Divide, 1); break;
            case '%': TakeOrAssign(ArithmeticToken.Remainder, ArithmeticOperator.Remainder, 1); break;
            case '<' when second == '<': TakeOrAssign(ArithmeticToken.ShiftLeft, ArithmeticOperator.ShiftLeft, 2); break;
            case '<': Take(second == '=' ? ArithmeticToken.LessOrEqual : ArithmeticToken.Less, second == '=' ? 2 : 1); break;
            case '>' when second == '>': TakeOrAssign(ArithmeticToken.ShiftRight, ArithmeticOperator.ShiftRight, 2); break;
            case '>': Take(second == '=' ? ArithmeticToken.GreaterOrEqual : ArithmeticToken.Greater, second == '=' ? 2 : 1); break;
            case '&' when second == '&': Take(ArithmeticToken.LogicalAnd, 2); break;
            case '&': TakeOrAssign(ArithmeticToken.BitAnd, ArithmeticOperator.BitAnd, 1); break;
            case '|' when second == '|': Take(ArithmeticToken.LogicalOr, 2); break;
            case '|': TakeOrAssign(ArithmeticToken.BitOr, ArithmeticOperator.BitOr, 1); break;
            case '^': TakeOrAssign(ArithmeticToken.BitXor, ArithmeticOperator.BitXor, 1); break;
            default:
                Error = Start == 0 || Token is not (ArithmeticToken.Number or ArithmeticToken.Name or ArithmeticToken.Operand or ArithmeticToken.Close)
                    ? "syntax error: operand expected"
                    : "syntax error: invalid arithmetic operator";
                Take(ArithmeticToken.Bad, 1);
                break;
        }
    }

    private char At(int distance) => Start + distance < Text.Length ? Text[Start + distance] : '\0';

    // `--` before anything but a name is two signs: `1--5` is 6.
    private bool IsBeforeName(int distance)
    {
        int i = Start + distance;
        while (i < Text.Length && Text[i] is ' ' or '\t' or '\n')
        {
            i++;
        }

        return i < Text.Length && (char.IsAsciiLetter(Text[i]) || Text[i] == '_')
            && Token is not (ArithmeticToken.Number or ArithmeticToken.Operand or ArithmeticToken.Close or ArithmeticToken.Name);
    }

    private void Take(ArithmeticToken token, int length)
    {
        Token = token;
        _next = Start + length;
    }

    private void TakeAssignment(ArithmeticOperator op, int length)
    {
        AssignmentOperator = op;
        Take(ArithmeticToken.Assign, length);
    }

    private void TakeOrAssign(ArithmeticToken token, ArithmeticOperator op, int length)
    {
        if (At(length) == '=')
        {
            TakeAssignment(op, length + 1);
        }
        else
        {
            Take(token, length);
        }
    }

    private void ReadNumber()
    {
        int end = Start;
        while (end < Text.Length && (char.IsAsciiLetterOrDigit(Text[end]) || Text[end] is '_' or '#' or '@'))
        {
            end++;
        }

        Error = ArithmeticConstant.Parse(Text.AsSpan(Start, end - Start), out long value);
        Value = value;
        Take(Error is null ? ArithmeticToken.Number : ArithmeticToken.Bad, end - Start);
    }
}
