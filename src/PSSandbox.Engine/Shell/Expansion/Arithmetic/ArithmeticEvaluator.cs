using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Evaluates arithmetic (POSIX.1-2024 XCU 2.6.4, bash manual 6.5) on signed 64-bit integers that wrap. The value of a
/// variable is an expression again; how far that nests is counted, and a long evaluation can be interrupted.
/// </summary>
internal sealed class ArithmeticEvaluator(Expander expander, IExpansionHost host)
{
    private const int MaxLevel = 1024;
    private const int MaxHeight = 4000;
    private int _level;
    private int _height;
    private int _steps;

    /// <summary>The value of an expression of a script.</summary>
    public long Evaluate(ArithmeticExpression expression)
    {
        WordPart[] operands = expression.Operands;
        if (operands.Length == 0)
        {
            if (expression.Tree is null)
                throw Error(expression.Template, expression.Error!);
            return Enter(expression.Tree, new ArithmeticFrame { Text = expression.Template });
        }

        string[] values = new string[operands.Length];
        Span<long> numbers = operands.Length <= 8 ? stackalloc long[8] : new long[operands.Length];
        bool plain = expression.Tree is not null;
        ulong texts = 0;
        for (int i = 0; i < operands.Length; i++)
        {
            values[i] = expander.ExpandOperand(operands[i]);
            if (!IntegerText.TryParsePlain(values[i], out numbers[i]))
            {
                plain = false;
                texts |= 1UL << (i & 63);
            }
        }

        if (plain || (expression.Tree is not null && operands.Length <= 64 && AreKeys(expression.Tree, texts)))
            return Enter(expression.Tree!, new ArithmeticFrame { Text = expression.Template, Numbers = numbers, Values = values });
        return Evaluate(expression.Substitute(values));
    }

    /// <summary>
    /// Whether operands that are no numbers are in keys of associative arrays only, so that what is in them, a bracket or a quote,
    /// is never read as a part of the expression.
    /// </summary>
    private bool AreKeys(ArithmeticNode node, ulong texts)
    {
        switch (node.Kind)
        {
            case ArithmeticKind.Number:
                return true;
            case ArithmeticKind.Operand:
                return (texts & (1UL << ((ArithmeticOperand)node).Index)) == 0;
            case ArithmeticKind.Variable:
                var variable = (ArithmeticVariable)node;
                return variable.Subscript is null
                    || (host.Variables.Find(variable.Name) is { } array && (array.Attributes & VariableAttributes.Associative) != 0)
                    || (variable.Subscript.Index is { } index && AreKeys(index, texts));
            case ArithmeticKind.Unary:
                return AreKeys(((ArithmeticUnary)node).Operand, texts);
            case ArithmeticKind.Binary:
                return AreKeys(((ArithmeticBinary)node).Left, texts) && AreKeys(((ArithmeticBinary)node).Right, texts);
            case ArithmeticKind.Assignment:
                return AreKeys(((ArithmeticAssignment)node).Target, texts) && AreKeys(((ArithmeticAssignment)node).Value, texts);
            case ArithmeticKind.Increment:
                return AreKeys(((ArithmeticIncrement)node).Target, texts);
            default:
                var conditional = (ArithmeticConditional)node;
                return AreKeys(conditional.Condition, texts) && AreKeys(conditional.Then, texts) && AreKeys(conditional.Else, texts);
        }
    }

    /// <summary>The value of an expression's text.</summary>
    public long Evaluate(string text)
    {
        if (IntegerText.TryParsePlain(text, out long number))
            return number;
        ArithmeticNode? tree = ArithmeticParser.TryParse(text, out ArithmeticError? error, text.Length > LargeText.Piece / 16 ? host.CheckAttention : null);
        if (tree is null)
            throw Error(text, error!);
        return Enter(tree, new ArithmeticFrame { Text = text });
    }

    private static ShellExpansionException Error(string text, ArithmeticError error) =>
        new($"{text.TrimStart(' ', '\t', '\n')}: {error}");

    private static ShellExpansionException Error(in ArithmeticFrame frame, string message, int offset) =>
        Error(frame.Fill(frame.Text), new ArithmeticError(message, frame.From(offset)));

    private long Enter(ArithmeticNode tree, in ArithmeticFrame frame)
    {
        if (tree.Kind == ArithmeticKind.Number)
            return ((ArithmeticNumber)tree).Value;
        if (++_level > MaxLevel || (_height += tree.Height) > MaxHeight)
        {
            _height -= _level > MaxLevel ? 0 : tree.Height;
            _level--;
            throw Error(frame, "expression recursion level exceeded", 0);
        }

        try
        {
            return Value(tree, frame);
        }
        finally
        {
            _level--;
            _height -= tree.Height;
        }
    }

    private long Value(ArithmeticNode node, in ArithmeticFrame frame)
    {
        switch (node.Kind)
        {
            case ArithmeticKind.Number:
                return ((ArithmeticNumber)node).Value;
            case ArithmeticKind.Operand:
                return frame.Numbers[((ArithmeticOperand)node).Index];
            case ArithmeticKind.Variable:
                return Get((ArithmeticVariable)node, frame);
            case ArithmeticKind.Unary:
                return Unary((ArithmeticUnary)node, frame);
            case ArithmeticKind.Binary:
                return Binary((ArithmeticBinary)node, frame);
            case ArithmeticKind.Assignment:
                return Assign((ArithmeticAssignment)node, frame);
            case ArithmeticKind.Increment:
                var increment = (ArithmeticIncrement)node;
                long old = Get(increment.Target, frame);
                long changed = unchecked(old + increment.Delta);
                Set(increment.Target, changed, frame);
                return increment.IsPrefix ? changed : old;
            default:
                var conditional = (ArithmeticConditional)node;
                return Value(Value(conditional.Condition, frame) != 0 ? conditional.Then : conditional.Else, frame);
        }
    }

    private long Unary(ArithmeticUnary node, in ArithmeticFrame frame)
    {
        long value = Value(node.Operand, frame);
        return node.Operator switch
        {
            ArithmeticOperator.Subtract => unchecked(-value),
            ArithmeticOperator.LogicalNot => value == 0 ? 1 : 0,
            ArithmeticOperator.BitNot => ~value,
            _ => value,
        };
    }

    private long Binary(ArithmeticBinary node, in ArithmeticFrame frame)
    {
        long left = Value(node.Left, frame);
        switch (node.Operator)
        {
            case ArithmeticOperator.LogicalAnd:
                return left != 0 && Value(node.Right, frame) != 0 ? 1 : 0;
            case ArithmeticOperator.LogicalOr:
                return left != 0 || Value(node.Right, frame) != 0 ? 1 : 0;
        }

        return Compute(node.Operator, left, Value(node.Right, frame), frame, node.RightOffset);
    }

    private static long Compute(ArithmeticOperator op, long left, long right, in ArithmeticFrame frame, int rightOffset)
    {
        if (ArithmeticFolding.TryCompute(op, left, right, out long value))
            return value;
        throw Error(frame, op == ArithmeticOperator.Power ? "exponent less than 0" : "division by 0", rightOffset);
    }

    private long Assign(ArithmeticAssignment node, in ArithmeticFrame frame)
    {
        long value;
        if (node.Operator == ArithmeticOperator.None)
        {
            value = Value(node.Value, frame);
        }
        else
        {
            long left = Get(node.Target, frame);
            value = Compute(node.Operator, left, Value(node.Value, frame), frame, node.ValueOffset);
        }

        Set(node.Target, value, frame);
        return value;
    }

    private long Get(ArithmeticVariable node, in ArithmeticFrame frame)
    {
        string? text;
        if (node.Subscript is null)
        {
            text = host.Variables.Get(node.Name);
        }
        else
        {
            Variable? variable = host.Variables.Find(node.Name);
            text = variable is null ? null
                : (variable.Attributes & VariableAttributes.Associative) != 0 ? variable.Associative?[frame.Fill(node.Subscript.Text)]
                : host.Variables.GetElement(variable, Index(node.Subscript, frame));
        }

        if (string.IsNullOrEmpty(text))
        {
            if (text is null && (host.Options & ExpansionOptions.NoUnset) != 0)
            {
                bool posix = (host.Options & ExpansionOptions.Posix) != 0;
                throw new ShellExpansionException($"{node.Name}: {(posix ? "parameter not set" : "unbound variable")}", posix ? 2 : 1) { EndsShell = true };
            }

            return 0;
        }

        if (IntegerText.TryParsePlain(text, out long number))
            return number;
        if ((++_steps & 0x3f) == 0)
            PatternMatcher.CheckAttention(host);
        return Evaluate(text);
    }

    private void Set(ArithmeticVariable node, long value, in ArithmeticFrame frame)
    {
        VariableTable variables = host.Variables;
        if (node.Subscript is null)
            variables.Assign(node.Name, IntegerText.Format(value));
        else if (variables.Find(node.Name) is { } variable && (variable.Attributes & VariableAttributes.Associative) != 0)
            variables.AssignElement(node.Name, frame.Fill(node.Subscript.Text), IntegerText.Format(value));
        else
            variables.AssignElement(node.Name, Index(node.Subscript, frame), IntegerText.Format(value));
    }

    private long Index(ArithmeticSubscript subscript, in ArithmeticFrame frame) =>
        subscript.Index is not null ? Value(subscript.Index, frame) : Evaluate(frame.Fill(subscript.Text));
}
