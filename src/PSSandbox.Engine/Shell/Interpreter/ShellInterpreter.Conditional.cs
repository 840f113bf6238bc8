using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// [[ ]] (bash manual 3.2.5.2).
internal sealed partial class ShellInterpreter
{
    private bool EvaluateConditional(ConditionalNode node)
    {
        switch (node.Kind)
        {
            case ConditionalKind.Unary:
                return EvaluateUnary((ConditionalUnary)node);
            case ConditionalKind.Binary:
                return EvaluateBinary((ConditionalBinary)node);
            case ConditionalKind.Not:
                return !EvaluateConditional(((ConditionalNot)node).Operand);
            case ConditionalKind.Group:
                return EvaluateConditional(((ConditionalGroup)node).Operand);
            default:
                var logical = (ConditionalLogical)node;
                foreach (ConditionalNode operand in logical.Operands)
                {
                    if (EvaluateConditional(operand) == logical.IsOr)
                        return logical.IsOr;
                }

                return !logical.IsOr;
        }
    }

    private bool EvaluateUnary(ConditionalUnary unary)
    {
        string operand = ExpandText(unary.Operand);
        if ((Options & ShellOptions.XTrace) != 0)
            Trace($"[[ {unary.Operator} {(operand.Length == 0 ? "''" : Quoting.IfNeeded(operand, this))} ]]");
        return TestOperators.Unary(this, unary.Operator[1], operand);
    }

    private bool EvaluateBinary(ConditionalBinary binary)
    {
        string left = ExpandText(binary.Left);
        if ((Options & ShellOptions.XTrace) != 0)
            Trace($"[[ {(left.Length == 0 ? "''" : Quoting.IfNeeded(left, this))} {binary.Operator.ToSource()} {SourceRight(binary)} ]]");
        switch (binary.Operator)
        {
            case ConditionalOperator.Match:
                return Expander.Matches(left, binary.Right, conditional: true);
            case ConditionalOperator.NotMatch:
                return !Expander.Matches(left, binary.Right, conditional: true);
            case ConditionalOperator.Regex:
                return Expander.MatchesRegex(left, binary.Right);
        }

        string right = ExpandText(binary.Right);
        switch (binary.Operator)
        {
            case ConditionalOperator.Less:
                return LargeText.Compare(left, right, this) < 0;
            case ConditionalOperator.Greater:
                return LargeText.Compare(left, right, this) > 0;
            case ConditionalOperator.Newer:
                return TestOperators.Binary(this, "-nt", left, right);
            case ConditionalOperator.Older:
                return TestOperators.Binary(this, "-ot", left, right);
            case ConditionalOperator.SameFile:
                return TestOperators.Binary(this, "-ef", left, right);
        }

        if (!TryEvaluate(left, out long a) || !TryEvaluate(right, out long b))
            return false;
        return binary.Operator switch
        {
            ConditionalOperator.ArithmeticEqual => a == b,
            ConditionalOperator.ArithmeticNotEqual => a != b,
            ConditionalOperator.ArithmeticLess => a < b,
            ConditionalOperator.ArithmeticLessOrEqual => a <= b,
            ConditionalOperator.ArithmeticGreater => a > b,
            _ => a >= b,
        };
    }

    // An expression that is wrong is a comparison that does not hold.
    private bool TryEvaluate(string text, out long value)
    {
        value = 0;
        try
        {
            value = text.Length == 0 ? 0 : Expander.Evaluate(text);
            return true;
        }
        catch (ShellExpansionException error) when (!error.EndsShell)
        {
            Error("[[: " + error.Message);
            return false;
        }
    }

    private string SourceRight(ConditionalBinary binary)
    {
        if (binary.Operator is ConditionalOperator.Match or ConditionalOperator.NotMatch)
            return Expander.ExpandPatternText(binary.Right);
        string right = binary.Operator == ConditionalOperator.Regex ? Expander.ExpandRegexText(binary.Right) : ExpandText(binary.Right);
        return right.Length == 0 ? "''" : binary.Operator == ConditionalOperator.Regex ? right : Quoting.IfNeeded(right, this);
    }
}
