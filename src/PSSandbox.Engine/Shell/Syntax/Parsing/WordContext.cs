namespace PSSandbox.Shell.Syntax;

/// <summary>Where a word stands, which decides what ends it and what in it is special.</summary>
internal enum WordContext : byte
{
    /// <summary>A command name, an argument, a redirection's target, an array's element.</summary>
    Argument,

    /// <summary>The value of an assignment: no brace expansion; tildes also after colons.</summary>
    Assignment,

    /// <summary>A pattern of <c>case</c>, an operand of <c>[[ ]]</c>: no brace expansion.</summary>
    Pattern,

    /// <summary>The right side of <c>=~</c>: parentheses and bars are part of it.</summary>
    Regex,

    /// <summary>The word in <c>${v:-word}</c>: ended by <c>}</c>.</summary>
    Parameter,

    /// <summary>The pattern in <c>${v/pattern/…}</c>: ended by <c>/</c> or <c>}</c>.</summary>
    ParameterPattern,

    /// <summary>A subscript: ended by the matching <c>]</c>.</summary>
    Subscript,
}
