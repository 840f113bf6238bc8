namespace PSSandbox.Shell.Interpreter;

/// <summary>Where a command was found, and how often that was used (the <c>hash</c> built-in).</summary>
internal sealed class HashEntry(string path, int hits)
{
    /// <summary>The path.</summary>
    public string Path { get; } = path;

    /// <summary>How often it was used.</summary>
    public int Hits { get; set; } = hits;
}
