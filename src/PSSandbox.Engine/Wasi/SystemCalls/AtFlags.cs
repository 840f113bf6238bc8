namespace PSSandbox.Wasi.SystemCalls;

/// <summary>The <c>AT_</c> flags, with Linux's values.</summary>
internal static class AtFlags
{
    /// <summary>A symbolic link itself is meant.</summary>
    public const int NoFollow = 0x100;

    /// <summary>Remove a directory.</summary>
    public const int RemoveDirectory = 0x200;

    /// <summary>What a symbolic link leads to is meant.</summary>
    public const int Follow = 0x400;

    /// <summary>With an empty path the descriptor itself is meant.</summary>
    public const int EmptyPath = 0x1000;
}
