namespace PSSandbox.Shell.Expansion;

/// <summary>How a regular expression is matched.</summary>
[Flags]
internal enum RegexOptions
{
    /// <summary>Bytes, case matters.</summary>
    None = 0,

    /// <summary>Upper and lower case are the same.</summary>
    IgnoreCase = 1,

    /// <summary>A character is a UTF-8 sequence.</summary>
    Utf8 = 2,
}
