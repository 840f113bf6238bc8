using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Writes commands as source, in the layout of bash's <c>declare -f</c>.</summary>
internal sealed class CommandPrinter
{
    private readonly StringBuilder _output;
    private readonly WordPrinter _words;
    private readonly CompoundPrinter _compounds;
    private readonly List<Redirection> _documents = [];
    private readonly Comment[] _comments;
    private readonly Action? _checkpoint;
    private int _statements;
    private int _nextComment;
    private int _firstDocument;
    private int _indentation;
    private bool _isInline;

    /// <summary>Makes a printer that writes to a text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="comments">Comments to put before the statements they stand before, in order of their places.</param>
    /// <param name="checkpoint">Called now and then; an exception of it ends the printing.</param>
    public CommandPrinter(StringBuilder output, Comment[] comments, Action? checkpoint = null)
    {
        _checkpoint = checkpoint;
        _output = output;
        _comments = comments;
        _words = new WordPrinter(output, this);
        _compounds = new CompoundPrinter(output, this, _words);
    }

    /// <summary>Whether all has to be on one line, but for here-documents.</summary>
    public bool IsInline => _isInline;

    /// <summary>Whether bodies of here-documents are to come at the next new line.</summary>
    public bool HasDocuments => _documents.Count > _firstDocument;

    /// <summary>A list on one line.</summary>
    public static string PrintInline(CommandList list)
    {
        StringBuilder output = new();
        new CommandPrinter(output, []).PrintNested(list);
        return output.ToString();
    }

    /// <summary>Writes the list of a substitution, on one line where possible; the here-documents in it end in it.</summary>
    public void PrintNested(CommandList list)
    {
        bool outerInline = _isInline;
        int outerFirst = _firstDocument;
        _isInline = true;
        _firstDocument = _documents.Count;
        PrintItems(list);
        if (HasDocuments)
        {
            Break();
        }

        _isInline = outerInline;
        _firstDocument = outerFirst;
    }

    /// <summary>Writes a whole script: a statement a line.</summary>
    public void PrintScript(CommandList list)
    {
        foreach (ListItem item in list.Items)
        {
            PrintComments(item.Statement.Position.Offset);
            PrintStatement(item.Statement);
            _output.Append(item.IsAsync ? " &" : "");
            Break();
        }

        PrintComments(int.MaxValue);
    }

    /// <summary>Writes a list without what ends it.</summary>
    public void PrintItems(CommandList list)
    {
        for (int i = 0; i < list.Items.Length; i++)
        {
            ListItem item = list.Items[i];
            PrintComments(item.Statement.Position.Offset);
            PrintStatement(item.Statement);
            bool isLast = i == list.Items.Length - 1;
            if (item.IsAsync)
            {
                _output.Append(" &");
                if (!isLast && !HasDocuments)
                {
                    _output.Append(' ');
                    continue;
                }
            }
            else if (!isLast && !HasDocuments)
            {
                _output.Append(';');
            }

            if (!isLast)
            {
                Break();
            }
        }
    }

    /// <summary>Writes a list and a semicolon, unless an ampersand ends it.</summary>
    public void PrintEnded(CommandList list)
    {
        PrintItems(list);
        if (!list.Items[^1].IsAsync && !HasDocuments)
        {
            _output.Append(';');
        }
    }

    /// <summary>Writes a list on lines of its own, one level further in.</summary>
    public void PrintIndented(CommandList list, bool isEnded)
    {
        _indentation++;
        Break();
        if (isEnded || _isInline)
        {
            PrintEnded(list);
        }
        else
        {
            PrintItems(list);
        }

        _indentation--;
        Break();
    }

    /// <summary>Changes how far new lines are indented.</summary>
    public void Indent(int levels) => _indentation += levels;

    /// <summary>Begins a new line, after the bodies of the here-documents begun on this one; in one line a blank.</summary>
    public void Break()
    {
        if (!HasDocuments)
        {
            if (_isInline)
            {
                _output.Append(' ');
                return;
            }

            _output.Append('\n');
        }
        else
        {
            _output.Append('\n');
            int first = _firstDocument;
            for (int i = first; i < _documents.Count; i++)
            {
                HereDocument document = _documents[i].Document!;
                _firstDocument = _documents.Count;
                _words.PrintDocument(document);
                _output.Append(document.Delimiter).Append('\n');
            }

            _firstDocument = first;
            _documents.RemoveRange(first, _documents.Count - first);
        }

        if (!_isInline)
        {
            _output.Append(' ', 4 * _indentation);
        }
    }

    /// <summary>Writes a statement.</summary>
    public void PrintStatement(Statement statement)
    {
        if ((++_statements & 0xff) == 0)
        {
            _checkpoint?.Invoke();
        }

        switch (statement)
        {
            case AndOr list:
                for (int i = 0; i < list.Operands.Length; i++)
                {
                    _output.Append(i == 0 ? "" : list.IsOr[i - 1] ? " || " : " && ");
                    PrintStatement(list.Operands[i]);
                }

                break;
            case Pipeline pipeline:
                Print(pipeline);
                break;
            case SimpleCommand simple:
                Print(simple);
                break;
            case Command command:
                _compounds.Print(command);
                PrintRedirections(command.Redirections, isFirst: false);
                break;
        }
    }

    private void Print(Pipeline pipeline)
    {
        _output.Append(pipeline.Timing switch
        {
            PipelineTiming.Default => "time ",
            PipelineTiming.Posix => "time -p ",
            _ => "",
        });
        bool isBare = pipeline.Commands.Length == 0 && pipeline.Timing == PipelineTiming.None;
        _output.Append(pipeline.IsNegated ? "! " : isBare ? "! ! " : "");
        for (int i = 0; i < pipeline.Commands.Length; i++)
        {
            _output.Append(i == 0 ? "" : pipeline.PipesError[i - 1] ? " |& " : " | ");
            PrintStatement(pipeline.Commands[i]);
        }
    }

    private void Print(SimpleCommand command)
    {
        int start = _output.Length;
        foreach (Assignment assignment in command.Assignments)
        {
            Separate(start);
            _words.Print(assignment);
        }

        // A reserved word is a command's name only where it does not come first.
        bool isReserved = start == _output.Length && command.Words is [{ Parts: [LiteralPart name] }, ..]
            && ReservedWords.Find(name.Text) != ReservedWord.None;
        if (isReserved)
        {
            PrintRedirections(command.Redirections, isFirst: true);
        }

        foreach (Word word in command.Words)
        {
            Separate(start);
            if (word.Assignment is { } assignment)
            {
                _words.Print(assignment);
            }
            else
            {
                _words.Print(word);
            }
        }

        if (!isReserved)
        {
            PrintRedirections(command.Redirections, start == _output.Length);
        }
    }

    private void Separate(int start)
    {
        if (_output.Length > start)
        {
            _output.Append(' ');
        }
    }

    private void PrintRedirections(Redirection[] redirections, bool isFirst)
    {
        foreach (Redirection redirection in redirections)
        {
            _output.Append(isFirst ? "" : " ");
            isFirst = false;
            Print(redirection);
        }
    }

    // As in bash: a descriptor that the operator implies is left out, but always written where another one is duplicated or closed.
    private void Print(Redirection redirection)
    {
        if (redirection.Variable is { } variable)
        {
            _output.Append('{').Append(variable).Append('}');
        }
        else if (redirection.TargetDescriptor != -1)
        {
            _output.Append(redirection.Descriptor);
        }
        else if (redirection.ExplicitDescriptor >= 0 && redirection.Descriptor != (redirection.Operator.IsInput() ? 0 : 1))
        {
            _output.Append(redirection.ExplicitDescriptor);
        }
        else if (redirection.Operator == RedirectionOperator.ReadWrite)
        {
            _output.Append('0');
        }

        _output.Append(redirection.Operator.ToSource());
        if (redirection.Document is { } document)
        {
            PrintDelimiter(document);
            _documents.Add(redirection);
            return;
        }

        bool isDuplication = redirection.Operator is RedirectionOperator.DuplicateInput or RedirectionOperator.DuplicateOutput;
        _output.Append(isDuplication ? "" : " ");
        _words.Print(redirection.Target);
    }

    private void PrintDelimiter(HereDocument document)
    {
        if (!document.IsQuoted)
        {
            _output.Append(document.Delimiter);
        }
        else if (!document.Delimiter.Contains('\''))
        {
            _output.Append('\'').Append(document.Delimiter).Append('\'');
        }
        else
        {
            _output.Append('"').Append(document.Delimiter.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$").Replace("`", "\\`")).Append('"');
        }
    }

    private void PrintComments(int before)
    {
        bool isAtLineStart = !_isInline && (_output.Length == 0 || EndsInIndentation());
        while (isAtLineStart && _nextComment < _comments.Length && _comments[_nextComment].Position.Offset < before)
        {
            _output.Append(_comments[_nextComment++].Text);
            Break();
        }
    }

    private bool EndsInIndentation()
    {
        int i = _output.Length - 1;
        while (i >= 0 && _output[i] == ' ')
        {
            i--;
        }

        return i < 0 || _output[i] == '\n';
    }
}
