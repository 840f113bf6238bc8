using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;
using PSSandbox.Tests.Processes;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>
/// As much of a shell as expansions need: it runs assignments, case, [[ ]], (( )) and a few commands, one of which, p, writes
/// its arguments as &lt;a&gt;&lt;b&gt;.
/// </summary>
internal sealed class ExpansionShell : IExpansionHost, IVariableOwner
{
    private readonly bool _bash;
    private string[] _positional = [];
    private StringBuilder _output = new();

    public ExpansionShell(bool bash = true, Process? process = null)
    {
        _bash = bash;
        Process = process ?? new KernelFixture().Parent(_ => 0);
        Variables = new VariableTable(this);
        Expander = new Expander(this);
        Options = bash ? ExpansionOptions.PatSubReplacement | ExpansionOptions.BraceExpand : ExpansionOptions.Posix;
    }

    public Expander Expander { get; }

    public Process Process { get; }

    public VariableTable Variables { get; }

    public ExpansionOptions Options { get; set; }

    public ReadOnlySpan<string> Positional => _positional;

    public string ShellName => "shell";

    public int LastStatus { get; private set; }

    public int ShellProcessId => 42;

    public int LastBackgroundProcessId => 0;

    public string OptionLetters => "h";

    public int MaxValueLength { get; set; } = 1 << 26;

    public bool IsUtf8 => Expander.IsUtf8;

    public string Errors { get; private set; } = "";

    public long EvaluateArithmetic(string expression) => Expander.Evaluate(expression);

    public void CheckAttention() => Process.CheckSignals();

    public string? DirectoryOnStack(string place) => null;

    public void Warn(string message) => Errors += message + "\n";

    public string? ExpandPromptEscape(char escape) => null;

    public Word ParsePromptWord(string text) => Word.Empty;

    public string Substitute(ProcessSubstitutionPart substitution) => "/dev/fd/63";

    public string Substitute(CommandSubstitutionPart substitution)
    {
        StringBuilder outer = _output;
        _output = new StringBuilder();
        try
        {
            Run(substitution.Body);
            return _output.ToString();
        }
        finally
        {
            _output = outer;
        }
    }

    /// <summary>Runs a script and gives its output and status.</summary>
    public (string Output, int Status) Run(string script)
    {
        _output = new StringBuilder();
        try
        {
            Run(Parse(script).Body);
        }
        catch (ShellExpansionException error)
        {
            Errors += error.Message + "\n";
            LastStatus = error.Status;
        }

        return (_output.ToString(), LastStatus);
    }

    public Script Parse(string script) => ShellParser.Parse(script, _bash ? ShellParserOptions.Bash : ShellParserOptions.Posix);

    private void Run(CommandList list)
    {
        foreach (ListItem item in list.Items)
            Run(item.Statement);
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case SimpleCommand command:
                RunSimple(command);
                break;
            case ArithmeticCommand arithmetic:
                LastStatus = Expander.Evaluate(arithmetic.Expression) != 0 ? 0 : 1;
                break;
            case CaseCommand choice:
                RunCase(choice);
                break;
            case ConditionalCommand { Expression: ConditionalBinary binary }:
                string left = Expander.ExpandSingle(binary.Left);
                bool holds = binary.Operator == ConditionalOperator.Regex ? Expander.MatchesRegex(left, binary.Right) : Expander.Matches(left, binary.Right, conditional: true) != (binary.Operator == ConditionalOperator.NotMatch);
                LastStatus = holds ? 0 : 1;
                break;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }
    }

    private void RunCase(CaseCommand choice)
    {
        string subject = Expander.ExpandSingle(choice.Subject);
        foreach (CaseClause clause in choice.Clauses)
        {
            foreach (Word pattern in clause.Patterns)
            {
                if (!Expander.Matches(subject, pattern))
                    continue;
                if (clause.Body is not null)
                    Run(clause.Body);
                return;
            }
        }
    }

    private void RunSimple(SimpleCommand command)
    {
        if (command.Words.Length == 0)
        {
            foreach (Assignment assignment in command.Assignments)
                Expander.Assign(assignment);
            return;
        }

        if (command.LiteralName is "declare" or "export" or "readonly")
        {
            Declare(command);
            return;
        }

        List<string> fields = [];
        Expander.ExpandWords(command.Words, fields);
        RunCommand(fields);
    }

    private void RunCommand(List<string> fields)
    {
        switch (fields[0])
        {
            case "p":
                foreach (string field in fields.Skip(1))
                    _output.Append('<').Append(field).Append('>');
                _output.Append('\n');
                break;
            case "echo":
                _output.AppendJoin(' ', fields.Skip(1)).Append('\n');
                break;
            case "printf":
                var context = new PrintfContext { Error = Warn, Now = () => 0, IsPosix = !_bash };
                string[] arguments = [.. fields.Skip(2)];
                LastStatus = PrintfWriter.Write(PrintfFormat.Get(fields[1]), arguments, _output, context);
                break;
            case "set" when fields[1] == "--":
                _positional = [.. fields.Skip(2)];
                break;
            case "set":
                Options |= fields[1] == "-u" ? ExpansionOptions.NoUnset : ExpansionOptions.NoGlob;
                break;
            case "shopt":
                foreach (string name in fields.Skip(2))
                    Options |= Enum.Parse<ExpansionOptions>(name, ignoreCase: true);
                break;
            case "unset":
                foreach (string name in fields.Skip(1))
                {
                    int bracket = name.IndexOf('[', StringComparison.Ordinal);
                    if (bracket > 0)
                        Variables.UnsetElement(name[..bracket], name[(bracket + 1)..^1]);
                    else
                        Variables.Unset(name);
                }

                break;
            case "true" or ":":
                break;
            default:
                throw new InvalidOperationException(fields[0]);
        }
    }

    private void Declare(SimpleCommand command)
    {
        VariableAttributes attributes = command.LiteralName switch { "export" => VariableAttributes.Exported, "readonly" => VariableAttributes.Readonly, _ => VariableAttributes.None };
        foreach (Word word in command.Words.Skip(1))
        {
            if (word.Text is { } option && option.StartsWith('-'))
            {
                foreach (char letter in option[1..])
                    attributes |= letter switch { 'a' => VariableAttributes.Indexed, 'A' => VariableAttributes.Associative, 'i' => VariableAttributes.Integer, 'l' => VariableAttributes.Lowercase, 'u' => VariableAttributes.Uppercase, 'x' => VariableAttributes.Exported, 'r' => VariableAttributes.Readonly, 'c' => VariableAttributes.Capitalize, _ => VariableAttributes.Nameref };
                continue;
            }

            if (word.Assignment is { } assignment)
            {
                Variables.SetAttributes(assignment.Name, attributes & ~VariableAttributes.Readonly);
                Expander.Assign(assignment);
                Variables.SetAttributes(assignment.Name, attributes);
            }
            else
            {
                Variables.SetAttributes(Expander.ExpandSingle(word), attributes);
            }
        }
    }

    /// <summary>Makes files of given names, below the working directory; a name that ends in a slash is a directory.</summary>
    public void MakeFiles(IEnumerable<string> names)
    {
        Assert.Equal(Errno.None, Process.Kernel.Files.MakeDirectory(Process.Paths, "/etc", 0x1ed));
        Assert.Equal(Errno.None, Process.Kernel.Files.Open(Process.Paths, "/etc/passwd", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out OpenFile? passwd));
        passwd!.Write("root:x:0:0:root:/root:/bin/sh\n"u8, null, out _);
        passwd.Release();
        Assert.Equal(Errno.None, Process.Kernel.Files.MakeDirectory(Process.Paths, "/work", 0x1ed));
        Assert.Equal(Errno.None, Process.Kernel.Files.Resolve(Process.Paths, "/work", true, out Node? work));
        Process.WorkingDirectory = work!;
        foreach (string name in names)
        {
            if (name.EndsWith('/'))
            {
                Assert.Equal(Errno.None, Process.Kernel.Files.MakeDirectory(Process.Paths, name.TrimEnd('/'), 0x1ed));
                continue;
            }

            Assert.Equal(Errno.None, Process.Kernel.Files.Open(Process.Paths, name, OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out OpenFile? file));
            file!.Release();
        }
    }
}
