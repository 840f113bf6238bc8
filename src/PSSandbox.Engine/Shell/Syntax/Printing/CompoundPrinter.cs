using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Writes compound commands, without the redirections after them.</summary>
internal sealed class CompoundPrinter(StringBuilder output, CommandPrinter commands, WordPrinter words)
{
    /// <summary>Writes a command.</summary>
    public void Print(Command command)
    {
        switch (command)
        {
            case Subshell subshell:
                output.Append("( ");
                commands.PrintItems(subshell.Body);
                CloseLine();
                output.Append(" )");
                break;
            case BraceGroup group:
                output.Append(commands.IsInline ? "{" : "{ ");
                commands.PrintIndented(group.Body, isEnded: false);
                output.Append('}');
                break;
            case IfCommand conditional:
                Print(conditional);
                break;
            case LoopCommand loop:
                output.Append(loop.IsUntil ? "until " : "while ");
                commands.PrintEnded(loop.Condition);
                CloseLine();
                output.Append(" do");
                commands.PrintIndented(loop.Body, isEnded: true);
                output.Append("done");
                break;
            case ForCommand loop:
                PrintFor("for ", loop.Name, loop.Words, loop.Body);
                break;
            case SelectCommand loop:
                PrintFor("select ", loop.Name, loop.Words, loop.Body);
                break;
            case ArithmeticForCommand loop:
                Print(loop);
                break;
            case CaseCommand choice:
                Print(choice);
                break;
            case FunctionDefinition function:
                output.Append(function.HasKeyword ? "function " : "").Append(function.Name).Append(" () ");
                commands.Break();
                commands.PrintStatement(function.Body);
                break;
            case ArithmeticCommand arithmetic:
                output.Append("((");
                words.Print(arithmetic.Expression);
                output.Append("))");
                break;
            case ConditionalCommand conditional:
                output.Append("[[ ");
                Print(conditional.Expression);
                output.Append(" ]]");
                break;
            case CoprocCommand coproc:
                output.Append("coproc ").Append(coproc.Name).Append(coproc.Name is null ? "" : " ");
                commands.PrintStatement(coproc.Body);
                break;
        }
    }

    // Bodies of here-documents have to come before what closes a list on the same line.
    private void CloseLine()
    {
        if (commands.HasDocuments)
        {
            commands.Break();
        }
    }

    private void Print(IfCommand command)
    {
        for (int i = 0; i < command.Branches.Length; i++)
        {
            output.Append(i == 0 ? "if " : "elif ");
            commands.PrintEnded(command.Branches[i].Condition);
            CloseLine();
            output.Append(" then");
            commands.PrintIndented(command.Branches[i].Body, isEnded: true);
        }

        if (command.Else is { } otherwise)
        {
            output.Append("else");
            commands.PrintIndented(otherwise, isEnded: true);
        }

        output.Append("fi");
    }

    private void PrintFor(string keyword, string name, Word[]? list, CommandList body)
    {
        output.Append(keyword).Append(name).Append(" in ");
        for (int i = 0; i < list?.Length; i++)
        {
            output.Append(i > 0 ? " " : "");
            words.Print(list[i]);
        }

        output.Append(list is null ? "\"$@\"" : "");

        output.Append(';');
        commands.Break();
        output.Append("do");
        commands.PrintIndented(body, isEnded: true);
        output.Append("done");
    }

    private void Print(ArithmeticForCommand loop)
    {
        output.Append("for ((");
        Print(loop.Initial);
        output.Append("; ");
        Print(loop.Condition);
        output.Append("; ");
        Print(loop.Step);
        output.Append("))");
        commands.Break();
        output.Append("do");
        commands.PrintIndented(loop.Body, isEnded: true);
        output.Append("done");
    }

    private void Print(ArithmeticExpression? expression)
    {
        if (expression is not null)
        {
            words.Print(expression);
        }
    }

    private void Print(CaseCommand command)
    {
        output.Append("case ");
        words.Print(command.Subject);
        output.Append(" in ");
        commands.Indent(1);
        foreach (CaseClause clause in command.Clauses)
        {
            commands.Break();
            Print(clause);
        }

        commands.Indent(-1);
        commands.Break();
        output.Append("esac");
    }

    private void Print(CaseClause clause)
    {
        // `esac` as a pattern would end the command.
        output.Append(clause.Patterns[0].Parts is [LiteralPart { Text: "esac" }] ? "(" : "");
        for (int i = 0; i < clause.Patterns.Length; i++)
        {
            output.Append(i > 0 ? " | " : "");
            words.Print(clause.Patterns[i]);
        }

        output.Append(')');
        if (clause.Body is { } body)
        {
            commands.PrintIndented(body, isEnded: false);
        }
        else
        {
            commands.Break();
        }

        output.Append(clause.Terminator switch
        {
            CaseTerminator.FallThrough => ";&",
            CaseTerminator.TestNext => ";;&",
            _ => ";;",
        });
    }

    private void Print(ConditionalNode node)
    {
        switch (node)
        {
            case ConditionalUnary unary:
                output.Append(unary.Operator).Append(' ');
                words.Print(unary.Operand);
                break;
            case ConditionalBinary binary:
                words.Print(binary.Left);
                output.Append(' ').Append(binary.Operator.ToSource()).Append(' ');
                words.Print(binary.Right);
                break;
            case ConditionalNot not:
                output.Append("! ");
                Print(not.Operand);
                break;
            case ConditionalGroup group:
                output.Append("( ");
                Print(group.Operand);
                output.Append(" )");
                break;
            case ConditionalLogical logical:
                for (int i = 0; i < logical.Operands.Length; i++)
                {
                    output.Append(i == 0 ? "" : logical.IsOr ? " || " : " && ");
                    Print(logical.Operands[i]);
                }

                break;
        }
    }
}
