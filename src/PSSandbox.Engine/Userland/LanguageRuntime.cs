namespace PSSandbox.Userland;

/// <summary>A language runtime that sandboxes can have: an interpreter or a compiler, as WebAssembly, with its library.</summary>
/// <param name="Name">Its name, and its folder's.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Commands">Names of the commands that it brings, and which file of its folder <c>bin</c> each is.</param>
/// <param name="IsInstalled">Whether its files are here.</param>
internal sealed record LanguageRuntime(string Name, string Version, string Title, (string Command, string File)[] Commands, bool IsInstalled)
{
    /// <summary>Reads a line of <c>runtimes.txt</c>: name, version, title and commands, separated by tabs; null if it is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isInstalled">Tells by a name whether the files are here.</param>
    public static LanguageRuntime? Parse(string line, Func<string, bool> isInstalled)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != 4 || !IsName(fields[0]))
            return null;
        string[] words = fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var commands = new (string, string)[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            string[] parts = words[i].Split('=');
            if (parts.Length > 2 || !Array.TrueForAll(parts, IsName))
                return null;
            commands[i] = (parts[0], parts[^1]);
        }

        return new LanguageRuntime(fields[0], fields[1], fields[2], commands, isInstalled(fields[0]));
    }

    private static bool IsName(string text) => text.Length is > 0 and < 64 && text is not ("." or "..") && !text.AsSpan().ContainsAny("/\\#\0");
}
