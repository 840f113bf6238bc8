namespace PSSandbox.Shell.Variables;

/// <summary>Variables whose change the shell has to learn of at once.</summary>
internal static class SpecialNames
{
    /// <summary>Whether a name is one of them.</summary>
    public static bool Contains(string name) => name.Length is >= 3 and <= 15 && name switch
    {
        "IFS" or "PATH" or "HOME" or "LANG" or "LC_ALL" or "LC_CTYPE" or "OPTIND" or "GLOBIGNORE" or "TZ" or "POSIXLY_CORRECT" => true,
        _ => false,
    };
}
