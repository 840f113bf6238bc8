namespace PSSandbox.Shell.Syntax;

/// <summary>
/// Parses arithmetic: the operators of C that POSIX requires, and bash's <c>**</c>, comma, <c>++</c>, <c>--</c>, <c>base#n</c> and subscripts,
/// with bash's precedences (a unary operator binds tighter than <c>**</c>) and bash's messages.
/// </summary>
internal sealed class ArithmeticParser
{
    /// <summary>The greatest height of a tree, so that parsing and evaluating it fits on any thread's stack.</summary>
    public const int MaxHeight = 1000;

    private const int CommaPrecedence = 1;
    private const int AssignmentPrecedence = 2;
    private const int ConditionalPrecedence = 3;
    private const int LogicalOrPrecedence = 4;
    private const int PowerPrecedence = 14;

    private readonly ArithmeticLexer _lexer;
    private readonly Action? _checkpoint;
    private ArithmeticError? _error;
    private int _depth;

    private ArithmeticParser(string text, Action? checkpoint)
    {
        _checkpoint = checkpoint;
        _lexer = new ArithmeticLexer(text, checkpoint);
    }

    /// <summary>The tree of the text; null with an error if it is no expression. Blank text is the number 0.</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <param name="checkpoint">Called now and then; an exception of it ends the parsing.</param>
    public static ArithmeticNode? TryParse(string text, out ArithmeticError? error, Action? checkpoint = null)
    {
        ArithmeticParser parser = new(text, checkpoint);
        parser._lexer.Next();
        if (parser._lexer.Token == ArithmeticToken.End)
        {
            error = null;
            return new ArithmeticNumber(0);
        }

        ArithmeticNode? node = parser.ParseBinary(CommaPrecedence);
        if (node is not null && parser._lexer.Token != ArithmeticToken.End)
        {
            parser.Fail(parser._lexer.Error ?? "syntax error in expression");
        }

        error = parser._error;
        return error is null ? node : null;
    }

    private static int PrecedenceOf(ArithmeticToken token) => token switch
    {
        ArithmeticToken.Comma => CommaPrecedence,
        ArithmeticToken.Assign => AssignmentPrecedence,
        ArithmeticToken.Question => ConditionalPrecedence,
        ArithmeticToken.LogicalOr => LogicalOrPrecedence,
        ArithmeticToken.LogicalAnd => 5,
        ArithmeticToken.BitOr => 6,
        ArithmeticToken.BitXor => 7,
        ArithmeticToken.BitAnd => 8,
        ArithmeticToken.Equal or ArithmeticToken.NotEqual => 9,
        ArithmeticToken.Less or ArithmeticToken.LessOrEqual or ArithmeticToken.Greater or ArithmeticToken.GreaterOrEqual => 10,
        ArithmeticToken.ShiftLeft or ArithmeticToken.ShiftRight => 11,
        ArithmeticToken.Plus or ArithmeticToken.Minus => 12,
        ArithmeticToken.Multiply or ArithmeticToken.Divide or ArithmeticToken.Remainder => 13,
        ArithmeticToken.Power => PowerPrecedence,
        _ => 0,
    };

    private static ArithmeticOperator OperatorOf(ArithmeticToken token) => token switch
    {
        ArithmeticToken.Comma => ArithmeticOperator.Comma,
        ArithmeticToken.LogicalOr => ArithmeticOperator.LogicalOr,
        ArithmeticToken.LogicalAnd => ArithmeticOperator.LogicalAnd,
        ArithmeticToken.BitOr => ArithmeticOperator.BitOr,
        ArithmeticToken.BitXor => ArithmeticOperator.BitXor,
        ArithmeticToken.BitAnd => ArithmeticOperator.BitAnd,
        ArithmeticToken.Equal => ArithmeticOperator.Equal,
        ArithmeticToken.NotEqual => ArithmeticOperator.NotEqual,
        ArithmeticToken.Less => ArithmeticOperator.Less,
        ArithmeticToken.LessOrEqual => ArithmeticOperator.LessOrEqual,
        ArithmeticToken.Greater => ArithmeticOperator.Greater,
        ArithmeticToken.GreaterOrEqual => ArithmeticOperator.GreaterOrEqual,
        ArithmeticToken.ShiftLeft => ArithmeticOperator.ShiftLeft,
        ArithmeticToken.ShiftRight => ArithmeticOperator.ShiftRight,
        ArithmeticToken.Plus => ArithmeticOperator.Add,
        ArithmeticToken.Minus => ArithmeticOperator.Subtract,
        ArithmeticToken.Multiply => ArithmeticOperator.Multiply,
        ArithmeticToken.Divide => ArithmeticOperator.Divide,
        ArithmeticToken.Remainder => ArithmeticOperator.Remainder,
        _ => ArithmeticOperator.Power,
    };

    private ArithmeticNode? ParseBinary(int least)
    {
        if (++_depth > MaxHeight)
        {
            Fail("expression recursion level exceeded");
            return null;
        }

        ArithmeticNode? left = ParseUnary();
        while (left is not null && _error is null)
        {
            ArithmeticToken token = _lexer.Token;
            int precedence = PrecedenceOf(token);
            if (precedence < least || precedence == 0)
            {
                break;
            }

            if (left.Height >= MaxHeight)
            {
                Fail("expression recursion level exceeded");
                return null;
            }

            left = precedence switch
            {
                AssignmentPrecedence => ParseAssignment(left),
                ConditionalPrecedence => ParseConditional(left),
                _ => ParseOperator(left, token, precedence),
            };
        }

        _depth--;
        return _error is null ? left : null;
    }

    private ArithmeticNode? ParseOperator(ArithmeticNode left, ArithmeticToken token, int precedence)
    {
        _lexer.Next();
        int offset = _lexer.Start;
        ArithmeticNode? right = ParseBinary(precedence == PowerPrecedence ? precedence : precedence + 1);
        return right is null ? null : ArithmeticFolding.Binary(OperatorOf(token), left, right, offset);
    }

    private ArithmeticAssignment? ParseAssignment(ArithmeticNode left)
    {
        if (left is not ArithmeticVariable target || target.Offset < 0)
        {
            Fail("attempted assignment to non-variable");
            return null;
        }

        ArithmeticOperator op = _lexer.AssignmentOperator;
        _lexer.Next();
        int offset = _lexer.Start;
        ArithmeticNode? value = ParseBinary(AssignmentPrecedence);
        return value is null ? null : new ArithmeticAssignment(op, target, value, offset);
    }

    private ArithmeticConditional? ParseConditional(ArithmeticNode condition)
    {
        _lexer.Next();
        if (_lexer.Token is ArithmeticToken.End or ArithmeticToken.Colon)
        {
            Fail("expression expected");
            return null;
        }

        ArithmeticNode? then = ParseBinary(CommaPrecedence);
        if (then is null)
        {
            return null;
        }

        if (_lexer.Token != ArithmeticToken.Colon)
        {
            Fail(_lexer.Error ?? "`:' expected for conditional expression");
            return null;
        }

        _lexer.Next();
        if (_lexer.Token == ArithmeticToken.End)
        {
            Fail("expression expected");
            return null;
        }

        ArithmeticNode? otherwise = ParseBinary(ConditionalPrecedence);
        return otherwise is null ? null : new ArithmeticConditional(condition, then, otherwise);
    }

    private ArithmeticNode? ParseUnary()
    {
        if (++_depth > MaxHeight)
        {
            Fail("expression recursion level exceeded");
            return null;
        }

        ArithmeticNode? node = _lexer.Token switch
        {
            ArithmeticToken.Plus => ParseUnaryOperator(ArithmeticOperator.Add),
            ArithmeticToken.Minus => ParseUnaryOperator(ArithmeticOperator.Subtract),
            ArithmeticToken.LogicalNot => ParseUnaryOperator(ArithmeticOperator.LogicalNot),
            ArithmeticToken.BitNot => ParseUnaryOperator(ArithmeticOperator.BitNot),
            ArithmeticToken.Increment => ParsePrefix(1),
            ArithmeticToken.Decrement => ParsePrefix(-1),
            _ => ParsePrimary(),
        };
        _depth--;
        return node;
    }

    private ArithmeticNode? ParseUnaryOperator(ArithmeticOperator op)
    {
        _lexer.Next();
        ArithmeticNode? operand = ParseUnary();
        return operand is null ? null : ArithmeticFolding.Unary(op, operand);
    }

    private ArithmeticIncrement? ParsePrefix(int delta)
    {
        _lexer.Next();
        if (_lexer.Token != ArithmeticToken.Name)
        {
            Fail("identifier expected after pre-increment or pre-decrement");
            return null;
        }

        ArithmeticVariable? target = ParseVariable();
        return target is null ? null : new ArithmeticIncrement(target, delta, isPrefix: true);
    }

    private ArithmeticNode? ParsePrimary()
    {
        switch (_lexer.Token)
        {
            case ArithmeticToken.Number:
                ArithmeticNumber number = new(_lexer.Value);
                _lexer.Next();
                return number;
            case ArithmeticToken.Operand:
                ArithmeticOperand operand = new((int)_lexer.Value);
                _lexer.Next();
                return operand;
            case ArithmeticToken.Name:
                ArithmeticVariable? variable = ParseVariable();
                if (variable is not null && _lexer.IsPostfix(out int delta))
                {
                    return new ArithmeticIncrement(variable, delta, isPrefix: false);
                }

                return variable;
            case ArithmeticToken.Open:
                return ParseGroup();
            default:
                Fail(_lexer.Error ?? "syntax error: operand expected");
                return null;
        }
    }

    private ArithmeticNode? ParseGroup()
    {
        _lexer.Next();
        ArithmeticNode? inner = ParseBinary(CommaPrecedence);
        if (inner is null)
        {
            return null;
        }

        if (_lexer.Token != ArithmeticToken.Close)
        {
            Fail(_lexer.Error ?? "missing `)'");
            return null;
        }

        _lexer.Next();

        // A variable in parentheses is a value: it can't be assigned to.
        return inner is ArithmeticVariable variable ? new ArithmeticVariable(variable.Name, variable.Subscript, -1) : inner;
    }

    private ArithmeticVariable? ParseVariable()
    {
        string name = _lexer.Name;
        int offset = _lexer.Start;
        string? subscript = _lexer.ReadSubscript(out bool isOpen);
        if (isOpen)
        {
            Fail("bad array subscript", offset);
            return null;
        }

        _lexer.Next(afterName: true);
        return new ArithmeticVariable(name, subscript is null ? null : ParseSubscript(subscript), offset);
    }

    private ArithmeticSubscript ParseSubscript(string text)
    {
        ArithmeticParser parser = new(text, _checkpoint) { _depth = _depth + 1 };
        parser._lexer.Next();
        ArithmeticNode? index = parser.ParseBinary(CommaPrecedence);
        if (parser._lexer.Token != ArithmeticToken.End || parser._error is not null)
        {
            index = null;
        }

        return new ArithmeticSubscript(ArithmeticLexer.RemoveQuotes(text), index);
    }

    private void Fail(string message) => Fail(message, _lexer.ErrorStart);

    private void Fail(string message, int offset) => _error ??= new ArithmeticError(message, _lexer.Text[Math.Min(offset, _lexer.Text.Length)..]);
}
