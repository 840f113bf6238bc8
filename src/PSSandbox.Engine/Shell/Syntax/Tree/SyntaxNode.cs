namespace PSSandbox.Shell.Syntax;

/// <summary>Base of everything the parser makes. Trees are immutable once parsed and may be shared between threads.</summary>
/// <remarks>
/// The <c>Cache</c> fields some nodes have belong to the interpreter: what it finds out once about a node (a resolved
/// built-in, a variable's slot, a compiled pattern) it may keep there. Trees are shared between processes, so whatever is
/// stored must be safe to read from any thread, written with a single reference store, and valid or checkable for all.
/// </remarks>
internal abstract class SyntaxNode(SourcePosition position)
{
    /// <summary>Where the construct begins.</summary>
    public SourcePosition Position { get; } = position;
}
