namespace PSSandbox.Shell.Syntax;

/// <summary>The operators of <c>[[ ]]</c> as written.</summary>
internal static class ConditionalOperators
{
    /// <summary>Whether it is a unary operator.</summary>
    public static bool IsUnary(string text) => text.Length == 2 && text[0] == '-' && "abcdefghkprstuwxGLNORSznov".Contains(text[1]);

    /// <summary>The binary operator that is written so.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, out ConditionalOperator op)
    {
        ConditionalOperator? found = text switch
        {
            "=" or "==" => ConditionalOperator.Match,
            "!=" => ConditionalOperator.NotMatch,
            "=~" => ConditionalOperator.Regex,
            "<" => ConditionalOperator.Less,
            ">" => ConditionalOperator.Greater,
            "-eq" => ConditionalOperator.ArithmeticEqual,
            "-ne" => ConditionalOperator.ArithmeticNotEqual,
            "-lt" => ConditionalOperator.ArithmeticLess,
            "-le" => ConditionalOperator.ArithmeticLessOrEqual,
            "-gt" => ConditionalOperator.ArithmeticGreater,
            "-ge" => ConditionalOperator.ArithmeticGreaterOrEqual,
            "-nt" => ConditionalOperator.Newer,
            "-ot" => ConditionalOperator.Older,
            "-ef" => ConditionalOperator.SameFile,
            _ => null,
        };
        op = found.GetValueOrDefault();
        return found.HasValue;
    }

    /// <summary>How an operator is written.</summary>
    public static string ToSource(this ConditionalOperator op) => op switch
    {
        ConditionalOperator.Match => "==",
        ConditionalOperator.NotMatch => "!=",
        ConditionalOperator.Regex => "=~",
        ConditionalOperator.Less => "<",
        ConditionalOperator.Greater => ">",
        ConditionalOperator.ArithmeticEqual => "-eq",
        ConditionalOperator.ArithmeticNotEqual => "-ne",
        ConditionalOperator.ArithmeticLess => "-lt",
        ConditionalOperator.ArithmeticLessOrEqual => "-le",
        ConditionalOperator.ArithmeticGreater => "-gt",
        ConditionalOperator.ArithmeticGreaterOrEqual => "-ge",
        ConditionalOperator.Newer => "-nt",
        ConditionalOperator.Older => "-ot",
        _ => "-ef",
    };
}
