namespace PSSandbox.Sandboxes;

/// <summary>A language runtime that sandboxes have, or would have if it were installed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Commands">The commands that it brings.</param>
/// <param name="IsInstalled">Whether its files are here.</param>
public sealed record SandboxLanguage(string Name, string Version, string Title, IReadOnlyList<string> Commands, bool IsInstalled)
{
    /// <summary>Its title and version.</summary>
    public override string ToString() => $"{Title} {Version}";
}
