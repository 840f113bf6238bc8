namespace PSSandbox.Shell.Syntax;

/// <summary><c>case word in pattern) … ;; esac</c>.</summary>
internal sealed class CaseCommand(SourcePosition position, Word subject, CaseClause[] clauses) : Command(StatementKind.Case, position)
{
    /// <summary>The word that is matched.</summary>
    public Word Subject { get; } = subject;

    /// <summary>The clauses in order.</summary>
    public CaseClause[] Clauses { get; } = clauses;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
