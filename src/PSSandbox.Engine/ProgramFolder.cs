namespace PSSandbox;

/// <summary>
/// The folder that this assembly was installed in, with what belongs to it. The assembly itself is there, or compiled
/// ahead of time for one platform in <c>runtimes/&lt;rid&gt;/lib</c> of it.
/// </summary>
internal static class ProgramFolder
{
    /// <summary>The folder; null where it cannot be told.</summary>
    public static string? Path { get; } = Of(typeof(ProgramFolder).Assembly.Location);

    /// <summary>The folder for an assembly at a path.</summary>
    internal static string? Of(string assembly)
    {
        string? folder = System.IO.Path.GetDirectoryName(assembly);
        if (string.IsNullOrEmpty(folder))
            return null;
        string? runtimes = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(folder));
        return System.IO.Path.GetFileName(folder) == "lib" && System.IO.Path.GetFileName(runtimes) == "runtimes"
            ? System.IO.Path.GetDirectoryName(runtimes)
            : folder;
    }
}
