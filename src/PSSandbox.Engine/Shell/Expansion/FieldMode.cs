namespace PSSandbox.Shell.Expansion;

/// <summary>What an expansion is to give.</summary>
internal enum FieldMode
{
    /// <summary>Fields, by field splitting and pathname expansion.</summary>
    Fields,

    /// <summary>One string as it is.</summary>
    Single,

    /// <summary>One string, a pattern: what was quoted is escaped.</summary>
    Pattern,

    /// <summary>One string, an extended regular expression: what was quoted is escaped.</summary>
    Regex,
}
