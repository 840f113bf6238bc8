namespace PSSandbox.Shell.Syntax;

/// <summary>How much the stacks of a parser hold, to be put back when something is to be read again in another way.</summary>
internal readonly record struct ParserSnapshot(
    (int Index, int Line, int LineStart) Place, int Parts, int Open, int Items, int Words, int Assignments, int Redirections, int Documents, int FirstDocument, int Comments);
