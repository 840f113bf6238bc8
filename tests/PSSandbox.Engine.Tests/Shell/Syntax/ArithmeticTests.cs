using System.Globalization;
using System.Text;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class ArithmeticTests
{
    [Fact]
    public void ConstantExpressionsHaveTheValuesOfBash()
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        Random random = new(2);
        List<string> expressions = ["", " ", "2**3**2", "-2**2", "1--1", "1- -1", "- -1", "!0+1", "~0", "1,2", "07+0x1F+36#z+64#_", "1<<65", "(1,2)*3", "1?2:3?4:5", "0?2:0?4:5", "1||1/1", "-7/2", "-7%3", "2#101", "+ + 3"];
        for (int i = 0; i < 2000; i++)
        {
            expressions.Add(MakeExpression(random, 4));
        }

        string[] values = Tools.Run("bash", ["-s"], string.Concat(expressions.Select(e => $"(echo $(({e}))) 2>/dev/null || echo error\n"))).Output.Split('\n');
        for (int i = 0; i < expressions.Count; i++)
        {
            ArithmeticNode? tree = ArithmeticParser.TryParse(expressions[i], out _);
            string expected = values[i];

            // What is an error stays unevaluated.
            string actual = tree is ArithmeticNumber number ? number.Value.ToString(CultureInfo.InvariantCulture) : Evaluate(tree);
            Assert.True(expected == actual, $"{expressions[i]}: bash says {expected}, not {actual}");
        }
    }

    [Theory]
    [InlineData("a+b*c", "(a+(b*c))")]
    [InlineData("a-b-c", "((a-b)-c)")]
    [InlineData("a**b**c", "(a**(b**c))")]
    [InlineData("-a**b", "((-a)**b)")]
    [InlineData("a=b=c+1", "(a=(b=(c+1)))")]
    [InlineData("a+=b,c", "((a+=b),c)")]
    [InlineData("a<<=1|2", "(a<<=3)")]
    [InlineData("a?b:c?d:e", "(a?b:(c?d:e))")]
    [InlineData("a?b=1:c", "(a?(b=1):c)")]
    [InlineData("a||b&&c|d^e&f==g<h<<i", "(a||(b&&(c|(d^(e&(f==(g<(h<<i))))))))")]
    [InlineData("!a+~b", "((!a)+(~b))")]
    [InlineData("a+++b", "((a++)+b)")]
    [InlineData("a---b", "((a--)-b)")]
    [InlineData("--a", "(--a)")]
    [InlineData("a[i+1]++", "(a[i+1]++)")]
    [InlineData("a [1]", null)]
    [InlineData("a[b[c]]=d", "(a[b[c]]=d)")]
    [InlineData(" ( a ) ", "a")]
    [InlineData("x=(y)", "(x=y)")]
    public void TreesFollowPrecedence(string text, string? expected)
    {
        ArithmeticNode? tree = ArithmeticParser.TryParse(text, out _);
        Assert.Equal(expected, tree is null ? null : Show(tree));
    }

    [Theory]
    [InlineData("1+", "syntax error: operand expected (error token is \"+\")")]
    [InlineData("1 2", "syntax error in expression (error token is \"2\")")]
    [InlineData("08", "value too great for base (error token is \"08\")")]
    [InlineData("1=2", "attempted assignment to non-variable (error token is \"=2\")")]
    [InlineData("(1", "missing `)' (error token is \"1\")")]
    [InlineData("a?1", "`:' expected for conditional expression (error token is \"1\")")]
    [InlineData("1.5", "syntax error: invalid arithmetic operator (error token is \".5\")")]
    [InlineData("99#1", "invalid arithmetic base (error token is \"99#1\")")]
    [InlineData("*1", "syntax error: operand expected (error token is \"*1\")")]
    public void ErrorsAreThoseOfBash(string text, string expected)
    {
        Assert.Null(ArithmeticParser.TryParse(text, out ArithmeticError? error));
        Assert.Equal(expected, error!.ToString());
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        Assert.Contains(expected, Tools.Run("bash", ["-c", "let \"$1\"", "-", text]).Error);
    }

    [Fact]
    public void DepthIsLimited()
    {
        foreach (string text in new[] { new string('(', 100_000), new string('-', 100_000) + "1", Repeat("a+", 100_000) + "a", Repeat("a?a:", 100_000) + "a", Repeat("a[", 100_000) + "1" })
        {
            ArithmeticError? error = null;
            Thread thread = new(() => ArithmeticParser.TryParse(text, out error), 1024 * 1024);
            thread.Start();
            thread.Join();
            Assert.NotNull(error);
        }

        Assert.NotNull(ArithmeticParser.TryParse(Repeat("a+", 900) + "a", out _));
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static string MakeExpression(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            return random.Next(6) switch { 0 => "0", 1 => "0x" + random.Next(99), 2 => "07", 3 => "12345678901", _ => random.Next(20).ToString(CultureInfo.InvariantCulture) };
        }

        string[] operators = ["+", "-", "*", "/", "%", "**", "<<", ">>", "<", "<=", ">", ">=", "==", "!=", "&", "^", "|", "&&", "||", ","];
        string left = MakeExpression(random, depth - 1);

        // Bash complains of a negative exponent also where it is not evaluated.
        string op = operators[random.Next(operators.Length)];
        string right = op == "**" ? "3" : MakeExpression(random, depth - 1);
        string space = random.Next(2) == 0 ? " " : "";
        return random.Next(6) switch
        {
            0 => $"({left})",
            1 => "-+!~"[random.Next(4)] + " " + left,
            2 => $"({left}){space}?{space}{right}:({left})",
            _ => left + space + op + space + right,
        };
    }

    private static string Evaluate(ArithmeticNode? node)
    {
        long? value = ValueOf(node);
        return value?.ToString(CultureInfo.InvariantCulture) ?? "error";
    }

    // Evaluates what the parser left: expressions with a division by 0, and those whose sides are not all needed.
    private static long? ValueOf(ArithmeticNode? node)
    {
        switch (node)
        {
            case ArithmeticNumber number:
                return number.Value;
            case ArithmeticUnary unary:
                return ValueOf(unary.Operand) is { } operand ? ((ArithmeticNumber)ArithmeticFolding.Unary(unary.Operator, new ArithmeticNumber(operand))).Value : null;
            case ArithmeticConditional conditional:
                return ValueOf(conditional.Condition) is { } condition ? ValueOf(condition != 0 ? conditional.Then : conditional.Else) : null;
            case ArithmeticBinary { Operator: ArithmeticOperator.LogicalAnd } and:
                return ValueOf(and.Left) is { } l ? l == 0 ? 0 : ValueOf(and.Right) is { } r ? r != 0 ? 1 : 0 : null : null;
            case ArithmeticBinary { Operator: ArithmeticOperator.LogicalOr } or:
                return ValueOf(or.Left) is { } first ? first != 0 ? 1 : ValueOf(or.Right) is { } second ? second != 0 ? 1 : 0 : null : null;
            case ArithmeticBinary binary:
                return ValueOf(binary.Left) is { } left && ValueOf(binary.Right) is { } right && ArithmeticFolding.TryCompute(binary.Operator, left, right, out long value) ? value : null;
            default:
                return null;
        }
    }

    private static string Show(ArithmeticNode node) => node switch
    {
        ArithmeticNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        ArithmeticVariable variable => variable.Name + (variable.Subscript is { } subscript ? $"[{subscript.Text}]" : ""),
        ArithmeticUnary unary => $"({Show(unary.Operator)}{Show(unary.Operand)})",
        ArithmeticBinary binary => $"({Show(binary.Left)}{Show(binary.Operator)}{Show(binary.Right)})",
        ArithmeticAssignment assignment => $"({Show(assignment.Target)}{(assignment.Operator == ArithmeticOperator.None ? "" : Show(assignment.Operator))}={Show(assignment.Value)})",
        ArithmeticIncrement { IsPrefix: true } increment => $"({(increment.Delta > 0 ? "++" : "--")}{Show(increment.Target)})",
        ArithmeticIncrement increment => $"({Show(increment.Target)}{(increment.Delta > 0 ? "++" : "--")})",
        ArithmeticConditional conditional => $"({Show(conditional.Condition)}?{Show(conditional.Then)}:{Show(conditional.Else)})",
        _ => "?",
    };

    private static string Show(ArithmeticOperator op) => op switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Power => "**",
        ArithmeticOperator.ShiftLeft => "<<",
        ArithmeticOperator.Less => "<",
        ArithmeticOperator.Equal => "==",
        ArithmeticOperator.BitAnd => "&",
        ArithmeticOperator.BitXor => "^",
        ArithmeticOperator.BitOr => "|",
        ArithmeticOperator.LogicalAnd => "&&",
        ArithmeticOperator.LogicalOr => "||",
        ArithmeticOperator.Comma => ",",
        ArithmeticOperator.LogicalNot => "!",
        ArithmeticOperator.BitNot => "~",
        _ => op.ToString(),
    };
}
