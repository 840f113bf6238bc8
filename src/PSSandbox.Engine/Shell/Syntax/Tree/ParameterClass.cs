namespace PSSandbox.Shell.Syntax;

/// <summary>What the name in a parameter expansion names.</summary>
internal enum ParameterClass : byte
{
    /// <summary>A variable.</summary>
    Variable,

    /// <summary>A positional parameter, 1 or more.</summary>
    Positional,

    /// <summary>One of <c>@ * # ? - $ ! 0</c>: the first character of the name tells.</summary>
    Special,
}
