using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Separates the text of an arithmetic expression from the expansions in it.</summary>
internal static class ArithmeticTemplate
{
    /// <summary>The text with a marker in place of each expansion, and the expansions.</summary>
    public static (string Template, WordPart[] Operands) Make(WordPart[] parts)
    {
        if (parts.Length == 0)
        {
            return ("", []);
        }

        if (parts.Length == 1 && parts[0].LiteralText is { } single)
        {
            return (single, []);
        }

        StringBuilder template = new();
        List<WordPart> operands = [];
        Add(parts, template, operands);
        return (template.ToString(), operands.ToArray());
    }

    /// <summary>
    /// Whether every marker stands where only a whole operand can: no name, digit or other expansion touches it. In a subscript it
    /// may be a part, which the parser sees.
    /// </summary>
    public static bool HasWholeOperands(string template)
    {
        int brackets = 0;
        for (int i = 0; i < template.Length; i++)
        {
            brackets += template[i] == '[' ? 1 : template[i] == ']' ? -1 : 0;
            if (brackets <= 0 && template[i] >= ArithmeticExpression.FirstMarker
                && ((i > 0 && Touches(template[i - 1])) || (i + 1 < template.Length && (Touches(template[i + 1]) || template[i + 1] == '['))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Touches(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '#' or '@' or '$' || c >= ArithmeticExpression.FirstMarker;

    private static void Add(WordPart[] parts, StringBuilder template, List<WordPart> operands)
    {
        foreach (WordPart part in parts)
        {
            if (part.LiteralText is { } text)
            {
                template.Append(text);
            }
            else if (part is DoubleQuotedPart quoted)
            {
                Add(quoted.Parts, template, operands);
            }
            else
            {
                int index = Math.Min(operands.Count, ArithmeticExpression.MaxOperands);
                template.Append((char)(ArithmeticExpression.FirstMarker + index));
                operands.Add(part);
            }
        }
    }
}
