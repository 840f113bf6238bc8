using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Writes words as source.</summary>
internal sealed class WordPrinter(StringBuilder output, CommandPrinter commands)
{
    /// <summary>Writes a word that stands outside of double quotes.</summary>
    public void Print(Word word) => PrintParts(word.Parts, isQuoted: false, isParameter: false);

    /// <summary>Writes an assignment.</summary>
    public void Print(Assignment assignment)
    {
        output.Append(assignment.Name);
        PrintSubscript(assignment.Subscript);
        output.Append(assignment.IsAppend ? "+=" : "=");
        if (assignment.Elements is not { } elements)
        {
            Print(assignment.Value);
            return;
        }

        output.Append('(');
        for (int i = 0; i < elements.Length; i++)
        {
            output.Append(i > 0 ? " " : "");
            if (elements[i].Subscript is { } subscript)
            {
                PrintSubscript(subscript);
                output.Append(elements[i].IsAppend ? "+=" : "=");
            }

            Print(elements[i].Value);
        }

        output.Append(')');
    }

    /// <summary>Writes an arithmetic expression.</summary>
    public void Print(ArithmeticExpression expression)
    {
        // Where the text would end too early, double quotes hold it together; they mean nothing else here.
        string quote = IsBalanced(expression.Template) ? "" : "\"";
        output.Append(quote);
        PrintQuotedParts(expression.Parts, "\"");
        output.Append(quote);
    }

    /// <summary>Writes the body of a here-document.</summary>
    public void PrintDocument(HereDocument document)
    {
        foreach (WordPart part in document.Body.Parts)
        {
            if (part is DoubleQuotedPart quoted)
            {
                PrintQuotedParts(quoted.Parts, "");
            }
            else if (document.IsQuoted)
            {
                output.Append(part.LiteralText);
            }
            else
            {
                PrintQuotedText(part.LiteralText!, "", isLast: true);
            }
        }
    }

    private static bool IsBalanced(string text)
    {
        int parentheses = 0;
        int brackets = 0;
        int braces = 0;
        int questions = 0;
        foreach (char c in text)
        {
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            questions += c == '?' ? 1 : c == ':' ? -1 : 0;
            if (parentheses < 0 || brackets < 0 || braces < 0 || questions < 0 || c == ';')
            {
                return false;
            }
        }

        return parentheses == 0 && brackets == 0 && braces == 0;
    }

    private void PrintParts(WordPart[] parts, bool isQuoted, bool isParameter)
    {
        if (isQuoted)
        {
            PrintQuotedParts(parts, isParameter ? "\"}" : "\"");
            return;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            switch (parts[i])
            {
                case LiteralPart literal:
                    output.Append(literal.Text);
                    break;
                case QuotedPart quoted:
                    PrintQuoted(quoted);
                    break;
                case DoubleQuotedPart quoted:
                    output.Append(quoted.Style == QuoteStyle.Locale ? "$\"" : "\"");
                    PrintQuotedParts(quoted.Parts, "\"");
                    output.Append('"');
                    break;
                case TildePart tilde:
                    output.Append('~').Append(tilde.User);
                    break;
                case BracePart brace:
                    PrintBrace(brace);
                    break;
                default:
                    PrintExpansion(parts[i], isQuoted: false, i + 1 < parts.Length ? parts[i + 1] : null);
                    break;
            }
        }
    }

    // The inside of double quotes, a here-document, arithmetic. Of the last literal what follows is known to end the text.
    private void PrintQuotedParts(WordPart[] parts, string escaped)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].LiteralText is { } text)
            {
                PrintQuotedText(text, escaped, i == parts.Length - 1);
            }
            else if (parts[i] is DoubleQuotedPart inner)
            {
                PrintQuotedParts(inner.Parts, escaped);
            }
            else
            {
                PrintExpansion(parts[i], isQuoted: true, i + 1 < parts.Length ? parts[i + 1] : null);
            }
        }
    }

    // Only what would otherwise be special gets a backslash.
    private void PrintQuotedText(string text, string escaped, bool isLast)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : isLast && escaped.Length == 0 ? ' ' : '$';
            bool isSpecial = c switch
            {
                '`' => true,
                '\\' => next is '$' or '`' or '\\' or '\n' || escaped.Contains(next) || i + 1 == text.Length,
                '$' => CharacterClass.IsNamePart(next) || next is '{' or '(' or '[' or '@' or '*' or '#' or '?' or '-' or '$' or '!' or '`' or '\\',
                _ => escaped.Contains(c),
            };
            if (isSpecial)
            {
                output.Append('\\');
            }

            output.Append(c);
        }
    }

    private void PrintQuoted(QuotedPart part)
    {
        switch (part.Style)
        {
            case QuoteStyle.Backslash:
                foreach (char c in part.Text)
                {
                    output.Append('\\').Append(c);
                }

                break;
            case QuoteStyle.Single:
                output.Append('\'').Append(part.Text).Append('\'');
                break;
            case QuoteStyle.AnsiC:
                AnsiCQuoting.Encode(part.Text, output);
                break;
            default:
                output.Append(part.Style == QuoteStyle.Locale ? "$\"" : "\"");
                PrintQuotedText(part.Text, "\"", isLast: true);
                output.Append('"');
                break;
        }
    }

    private void PrintBrace(BracePart brace)
    {
        output.Append('{').Append(brace.Sequence?.Source);
        for (int i = 0; i < brace.Alternatives.Length; i++)
        {
            output.Append(i > 0 ? "," : "");
            Print(brace.Alternatives[i]);
        }

        output.Append('}');
    }

    private void PrintExpansion(WordPart part, bool isQuoted, WordPart? next)
    {
        switch (part)
        {
            case ParameterPart parameter:
                PrintParameter(parameter, isQuoted, next);
                break;
            case ArithmeticPart arithmetic:
                output.Append(arithmetic.IsBracketed ? "$[" : "$((");
                Print(arithmetic.Expression);
                output.Append(arithmetic.IsBracketed ? "]" : "))");
                break;
            case CommandSubstitutionPart { IsBackquoted: true } command:
                string inner = CommandPrinter.PrintInline(command.Body);
                output.Append('`').Append(inner.Replace("\\", "\\\\").Replace("`", "\\`")).Append('`');
                break;
            case CommandSubstitutionPart command:
                PrintBody("$(", command.Body);
                break;
            case ProcessSubstitutionPart process:
                PrintBody(process.IsOutput ? ">(" : "<(", process.Body);
                break;
        }
    }

    private void PrintBody(string opening, CommandList body)
    {
        output.Append(opening);

        // Two parentheses in a row would be arithmetic.
        int start = output.Length;
        commands.PrintNested(body);
        if (output.Length > start && output[start] == '(')
        {
            output.Insert(start, ' ');
        }

        output.Append(')');
    }

    private void PrintParameter(ParameterPart part, bool isQuoted, WordPart? next)
    {
        if (part.Operator == ParameterOperator.Invalid)
        {
            output.Append(part.InvalidText);
            return;
        }

        bool isPlain = part.Operator == ParameterOperator.None && part.Subscript is null && !part.IsIndirect;
        bool isJoined = part.Class == ParameterClass.Variable && next?.LiteralText is { Length: > 0 } text && (CharacterClass.IsNamePart(text[0]) || text[0] == '[');
        if (isPlain && !isJoined && (part.Name.Length == 1 || part.Class == ParameterClass.Variable))
        {
            output.Append('$').Append(part.Name);
            return;
        }

        output.Append("${");
        output.Append(part.Operator switch
        {
            ParameterOperator.Length => "#",
            ParameterOperator.Keys or ParameterOperator.NamesWithPrefix => "!",
            _ => part.IsIndirect ? "!" : "",
        });
        output.Append(part.Name);
        PrintSubscript(part.Subscript);
        PrintOperator(part, isQuoted);
        output.Append('}');
    }

    private void PrintOperator(ParameterPart part, bool isQuoted)
    {
        output.Append(part.TestsNull ? ":" : "").Append(part.Operator switch
        {
            ParameterOperator.Default => "-",
            ParameterOperator.Assign => "=",
            ParameterOperator.Error => "?",
            ParameterOperator.Alternative => "+",
            ParameterOperator.RemoveShortestPrefix => "#",
            ParameterOperator.RemoveLongestPrefix => "##",
            ParameterOperator.RemoveShortestSuffix => "%",
            ParameterOperator.RemoveLongestSuffix => "%%",
            ParameterOperator.ReplaceFirst => "/",
            ParameterOperator.ReplaceAll => "//",
            ParameterOperator.ReplacePrefix => "/#",
            ParameterOperator.ReplaceSuffix => "/%",
            ParameterOperator.Substring => ":",
            ParameterOperator.UppercaseFirst => "^",
            ParameterOperator.UppercaseAll => "^^",
            ParameterOperator.LowercaseFirst => ",",
            ParameterOperator.LowercaseAll => ",,",
            ParameterOperator.ToggleFirst => "~",
            ParameterOperator.ToggleAll => "~~",
            ParameterOperator.Transform => "@" + part.Letter,
            ParameterOperator.NamesWithPrefix => part.Letter.ToString(),
            _ => "",
        });
        if (part.Argument is { } argument)
        {
            bool isQuotedWord = isQuoted && part.Operator is ParameterOperator.Default or ParameterOperator.Assign or ParameterOperator.Error or ParameterOperator.Alternative;
            PrintParts(argument.Parts, isQuotedWord && isQuoted, isParameter: true);
        }

        if (part.Replacement is { } replacement)
        {
            output.Append('/');
            Print(replacement);
        }

        if (part.Offset is { } offset)
        {
            Print(offset);
        }

        if (part.Length is { } length)
        {
            output.Append(':');
            Print(length);
        }
    }

    private void PrintSubscript(Subscript? subscript)
    {
        if (subscript is not null)
        {
            output.Append('[');
            Print(subscript.Text);
            output.Append(']');
        }
    }
}
