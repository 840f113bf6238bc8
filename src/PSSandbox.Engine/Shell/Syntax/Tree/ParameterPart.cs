namespace PSSandbox.Shell.Syntax;

/// <summary><c>$name</c> or <c>${…}</c>.</summary>
internal sealed class ParameterPart : WordPart
{
    /// <summary>Makes an expansion; what only some operators have is set by the initializer.</summary>
    public ParameterPart(SourcePosition position, string name, Subscript? subscript = null, ParameterOperator op = ParameterOperator.None, Word? argument = null)
        : base(WordPartKind.Parameter, position, FindFlags(name, subscript, op, argument))
    {
        Name = name;
        Subscript = subscript;
        Operator = op;
        Argument = argument;
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
        {
            Class = name == "0" ? ParameterClass.Special : ParameterClass.Positional;
            Number = int.TryParse(name, System.Globalization.NumberStyles.None, null, out int number) ? number : int.MaxValue;
        }
        else
        {
            Class = name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') ? ParameterClass.Variable : ParameterClass.Special;
        }
    }

    /// <summary>The name: a variable's, a positional parameter's number, or one of <c>@*#?-$!0</c>.</summary>
    public string Name { get; }

    /// <summary>What the name names.</summary>
    public ParameterClass Class { get; }

    /// <summary>The number of a positional parameter.</summary>
    public int Number { get; }

    /// <summary>The subscript of <c>${name[…]}</c>.</summary>
    public Subscript? Subscript { get; }

    /// <summary>The operator.</summary>
    public ParameterOperator Operator { get; }

    /// <summary>Of <c>:-</c>, <c>:=</c>, <c>:?</c>, <c>:+</c>: whether the colon is there, so that a null value counts as unset.</summary>
    public bool TestsNull { get; init; }

    /// <summary><c>${!name…}</c>: the value of the parameter is the name of the one that is expanded.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>
    /// The word or pattern after the operator; null where the operator has none or it was left out. Inside double quotes the
    /// word of <c>-</c>, <c>=</c>, <c>?</c> and <c>+</c> is one quoted part, a pattern is not: its own quotes decide.
    /// </summary>
    public Word? Argument { get; }

    /// <summary>The replacement of <c>${v/pattern/replacement}</c>; null when left out with its slash.</summary>
    public Word? Replacement { get; init; }

    /// <summary>The offset of <c>${v:offset:length}</c>.</summary>
    public ArithmeticExpression? Offset { get; init; }

    /// <summary>The length of <c>${v:offset:length}</c>; null when left out.</summary>
    public ArithmeticExpression? Length { get; init; }

    /// <summary>
    /// The letter of <c>${v@Q}</c>; <c>@</c> or <c>*</c> of <see cref="ParameterOperator.NamesWithPrefix"/>.
    /// </summary>
    public char Letter { get; init; }

    /// <summary>
    /// Of <see cref="ParameterOperator.Invalid"/>: the whole text as written, <c>${</c> and <c>}</c> included, for the message
    /// <c>bad substitution</c> when it comes to be expanded.
    /// </summary>
    public string? InvalidText { get; init; }

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }

    private static WordFlags FindFlags(string name, Subscript? subscript, ParameterOperator op, Word? argument)
    {
        WordFlags flags = WordFlags.HasExpansion | WordFlags.HasUnquotedExpansion;
        if (op != ParameterOperator.Length && (name == "@" || subscript?.Kind == SubscriptKind.At || op == ParameterOperator.NamesWithPrefix))
        {
            flags |= WordFlags.HasList;
        }

        if (argument is not null && op is (ParameterOperator.Default or ParameterOperator.Assign or ParameterOperator.Alternative))
        {
            flags |= argument.Flags & WordFlags.HasList;
        }

        return flags;
    }
}
