namespace PSSandbox.Shell.Syntax;

/// <summary>Builds nodes, computing those whose operands are constants. What would be an error stays as it is, to fail when evaluated.</summary>
internal static class ArithmeticFolding
{
    /// <summary>A unary operator's node or its value.</summary>
    public static ArithmeticNode Unary(ArithmeticOperator op, ArithmeticNode operand)
    {
        if (operand is not ArithmeticNumber number)
        {
            return new ArithmeticUnary(op, operand);
        }

        return new ArithmeticNumber(op switch
        {
            ArithmeticOperator.Subtract => unchecked(-number.Value),
            ArithmeticOperator.LogicalNot => number.Value == 0 ? 1 : 0,
            ArithmeticOperator.BitNot => ~number.Value,
            _ => number.Value,
        });
    }

    /// <summary>A binary operator's node or its value.</summary>
    public static ArithmeticNode Binary(ArithmeticOperator op, ArithmeticNode left, ArithmeticNode right, int rightOffset) =>
        left is ArithmeticNumber l && right is ArithmeticNumber r && TryCompute(op, l.Value, r.Value, out long value)
            ? new ArithmeticNumber(value)
            : new ArithmeticBinary(op, left, right, rightOffset);

    /// <summary>
    /// The value of a binary operator on two values; false for a division by 0 and a negative exponent. Shifts take their
    /// count modulo 64.
    /// </summary>
    public static bool TryCompute(ArithmeticOperator op, long left, long right, out long value)
    {
        unchecked
        {
            switch (op)
            {
                case ArithmeticOperator.Add: value = left + right; return true;
                case ArithmeticOperator.Subtract: value = left - right; return true;
                case ArithmeticOperator.Multiply: value = left * right; return true;
                case ArithmeticOperator.Divide: return TryDivide(left, right, out value);
                case ArithmeticOperator.Remainder: return TryRemainder(left, right, out value);
                case ArithmeticOperator.Power: return TryPower(left, right, out value);
                case ArithmeticOperator.ShiftLeft: value = left << (int)(right & 63); return true;
                case ArithmeticOperator.ShiftRight: value = left >> (int)(right & 63); return true;
                case ArithmeticOperator.Less: value = left < right ? 1 : 0; return true;
                case ArithmeticOperator.LessOrEqual: value = left <= right ? 1 : 0; return true;
                case ArithmeticOperator.Greater: value = left > right ? 1 : 0; return true;
                case ArithmeticOperator.GreaterOrEqual: value = left >= right ? 1 : 0; return true;
                case ArithmeticOperator.Equal: value = left == right ? 1 : 0; return true;
                case ArithmeticOperator.NotEqual: value = left != right ? 1 : 0; return true;
                case ArithmeticOperator.BitAnd: value = left & right; return true;
                case ArithmeticOperator.BitXor: value = left ^ right; return true;
                case ArithmeticOperator.BitOr: value = left | right; return true;
                case ArithmeticOperator.LogicalAnd: value = left != 0 && right != 0 ? 1 : 0; return true;
                case ArithmeticOperator.LogicalOr: value = left != 0 || right != 0 ? 1 : 0; return true;
                default: value = right; return true;
            }
        }
    }

    private static bool TryDivide(long left, long right, out long value)
    {
        // The one quotient that doesn't fit would trap.
        value = right == 0 ? 0 : right == -1 ? unchecked(-left) : left / right;
        return right != 0;
    }

    private static bool TryRemainder(long left, long right, out long value)
    {
        value = right is 0 or -1 ? 0 : left % right;
        return right != 0;
    }

    private static bool TryPower(long left, long right, out long value)
    {
        value = 1;
        long factor = left;
        for (long exponent = right; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                value = unchecked(value * factor);
            }

            factor = unchecked(factor * factor);
        }

        return right >= 0;
    }
}
