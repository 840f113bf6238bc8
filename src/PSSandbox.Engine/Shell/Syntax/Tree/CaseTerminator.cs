namespace PSSandbox.Shell.Syntax;

/// <summary>How a clause of <c>case</c> ends.</summary>
internal enum CaseTerminator : byte
{
    /// <summary><c>;;</c> or the last clause without one: the command ends.</summary>
    Break,

    /// <summary><c>;&amp;</c>: the next clause's list runs too (POSIX.1-2024).</summary>
    FallThrough,

    /// <summary><c>;;&amp;</c>: the patterns of the following clauses are tried (bash).</summary>
    TestNext,
}
