namespace PSSandbox.Shell.Syntax;

/// <summary>Which shell's rules hold where POSIX and bash differ.</summary>
internal enum ShellDialect : byte
{
    /// <summary>POSIX.1-2024: extensions are taken only where they don't change what a valid POSIX script means.</summary>
    Posix,

    /// <summary>Bash.</summary>
    Bash,
}
