using PSSandbox.FileSystem;

namespace PSSandbox.Userland;

/// <summary>
/// The language runtimes beside the userland on the host. Nothing of one is read before a sandbox looks at it: the image
/// only has a directory that stands for the host's, and a symbolic link for each command.
/// </summary>
/// <param name="Folder">The folder of the host that they are in.</param>
/// <param name="All">All that are known, installed or not.</param>
internal sealed record LanguageRuntimes(string Folder, LanguageRuntime[] All)
{
    /// <summary>The environment variable that names the folder in place of <c>runtimes</c> within the userland; empty: none.</summary>
    public const string Variable = "PSSANDBOX_RUNTIMES";

    /// <summary>Where they are in a sandbox.</summary>
    public const string Directory = "/opt/runtimes";

    private const string ListFile = "runtimes.txt";
    private const string CommandDirectory = "/usr/bin/";
    private const int ReadableAndExecutable = 0x16d;

    /// <summary>Finds which there are.</summary>
    /// <param name="userland">The userland's folder, which has the list of those that are known.</param>
    /// <param name="folders">All folders that a userland is looked for in: the first one with runtimes is taken.</param>
    public static LanguageRuntimes Find(string userland, IReadOnlyList<string> folders)
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string folder = named
            ?? folders.Select(f => Path.Combine(f, "runtimes")).FirstOrDefault(System.IO.Directory.Exists)
            ?? Path.Combine(userland, "runtimes");
        string list = Path.Combine(userland, ListFile);
        var all = new List<LanguageRuntime>();
        if (named is not "" && File.Exists(list))
        {
            foreach (string line in File.ReadLines(list))
            {
                if (LanguageRuntime.Parse(line, name => System.IO.Directory.Exists(Path.Combine(folder, name))) is { } runtime)
                    all.Add(runtime);
            }
        }

        return new LanguageRuntimes(folder, [.. all]);
    }

    /// <summary>Adds those that are installed to an image.</summary>
    public void AddTo(ImageBuilder image)
    {
        if (!Array.Exists(All, r => r.IsInstalled)
            || HostMount.Open(Folder, readOnly: true, Credentials.Root, out HostMount? mount, addedMode: ReadableAndExecutable) != Errno.None
            || image.AddForeign(Directory, mount!.Root) != Errno.None)
        {
            return;
        }

        foreach (LanguageRuntime runtime in All)
        {
            foreach ((string command, string file) in runtime.IsInstalled ? runtime.Commands : [])
            {
                if (!image.Contains(CommandDirectory + command))
                    image.AddSymbolicLink(CommandDirectory + command, $"{Directory}/{runtime.Name}/bin/{file}");
            }
        }
    }

    /// <summary>What to do about a command that is not found; null if no runtime brings one of that name, or it is installed.</summary>
    public string? Explain(string command)
    {
        LanguageRuntime? runtime = Array.Find(All, r => !r.IsInstalled && Array.Exists(r.Commands, c => c.Command == command));
        return runtime is null ? null : $"{runtime.Title} is not installed; 'pssandbox doctor' or Get-SandboxRuntime shows where it belongs";
    }
}
