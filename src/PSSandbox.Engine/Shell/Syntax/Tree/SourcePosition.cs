namespace PSSandbox.Shell.Syntax;

/// <summary>A place in the source: byte offset from 0, line and column from 1.</summary>
/// <remarks>A tab counts as one column; text that an alias stands for has the position of the alias's name.</remarks>
internal readonly record struct SourcePosition(int Offset, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
