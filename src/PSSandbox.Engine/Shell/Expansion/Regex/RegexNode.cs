namespace PSSandbox.Shell.Expansion;

/// <summary>What a node of a regular expression is.</summary>
internal enum RegexNodeKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Characters that stand for themselves.</summary>
    Literal,

    /// <summary>One character of a set; any where there is no set.</summary>
    Set,

    /// <summary>One after the other.</summary>
    Sequence,

    /// <summary>One of several.</summary>
    Alternation,

    /// <summary>A number of times.</summary>
    Repeat,

    /// <summary>In parentheses.</summary>
    Group,

    /// <summary>A place: beginning, end, edge of a word.</summary>
    Assertion,
}

/// <summary>A node of a regular expression.</summary>
internal sealed class RegexNode(RegexNodeKind kind, RegexNode[]? children = null)
{
    /// <summary>Repetition without upper bound.</summary>
    public const int Unbounded = int.MaxValue;

    /// <summary>What it is.</summary>
    public RegexNodeKind Kind { get; } = kind;

    /// <summary>Its parts.</summary>
    public RegexNode[] Children { get; } = children ?? [];

    /// <summary>Of a literal: the characters.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a set: its characters; null for any.</summary>
    public CharacterSet? Set { get; init; }

    /// <summary>Of a repetition: the least number.</summary>
    public int Least { get; init; }

    /// <summary>Of a repetition: the greatest number.</summary>
    public int Most { get; init; }

    /// <summary>Of a group: its number from 1.</summary>
    public int Number { get; init; }

    /// <summary>Of an assertion: <c>^ $ b B &lt; &gt;</c>.</summary>
    public char Assertion { get; init; }

    /// <summary>Whether how far it goes depends on the order of alternatives, not on length alone.</summary>
    public bool IsOrdered { get; } = kind is RegexNodeKind.Group or RegexNodeKind.Alternation || (children is not null && Array.Exists(children, static c => c.IsOrdered));

    /// <summary>Whether there is a group in it.</summary>
    public bool HasGroups { get; } = kind == RegexNodeKind.Group || (children is not null && Array.Exists(children, static c => c.HasGroups));
}
