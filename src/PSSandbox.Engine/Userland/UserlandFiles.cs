namespace PSSandbox.Userland;

/// <summary>The files of the userland on the host: busybox.wasm, the list of its applets, and the language runtimes.</summary>
/// <param name="BusyBox">The module.</param>
/// <param name="Applets">Absolute paths of its applets, as Alpine Linux has them.</param>
/// <param name="Runtimes">The language runtimes.</param>
internal sealed record UserlandFiles(byte[] BusyBox, string[] Applets, LanguageRuntimes Runtimes)
{
    private const string Variable = "PSSANDBOX_USERLAND";
    private const string ModuleFile = "busybox.wasm";
    private const string AppletFile = "applets.txt";

    /// <summary>
    /// Looks in the folder that PSSANDBOX_USERLAND names, else in <c>userland</c> beside the program or beside this assembly, or
    /// beside the folder of either.
    /// </summary>
    /// <exception cref="FileNotFoundException">None of them has it; the message names all.</exception>
    public static UserlandFiles Load()
    {
        List<string> folders = Folders();
        foreach (string folder in folders)
        {
            string module = Path.Combine(folder, ModuleFile);
            string applets = Path.Combine(folder, AppletFile);
            if (!File.Exists(module) || !File.Exists(applets))
                continue;
            Folder = folder;
            return new UserlandFiles(File.ReadAllBytes(module), ReadApplets(applets), LanguageRuntimes.Find(folder, folders));
        }

        throw new FileNotFoundException(
            $"The userland ({ModuleFile} and {AppletFile}) was not found in {string.Join(" or ", folders)}; {Variable} names its folder.");
    }

    /// <summary>The folder that the last <see cref="Load"/> found them in; null before one did.</summary>
    public static string? Folder { get; private set; }

    private static List<string> Folders()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return [named];
        var folders = new List<string>();
        string?[] places = [AppContext.BaseDirectory, ProgramFolder.Path];
        foreach (string? place in places)
        {
            if (string.IsNullOrEmpty(place))
                continue;
            string folder = Path.TrimEndingDirectorySeparator(place);
            foreach (string? parent in (string?[])[folder, Path.GetDirectoryName(folder)])
            {
                if (parent is not null && !folders.Contains(Path.Combine(parent, "userland")))
                    folders.Add(Path.Combine(parent, "userland"));
            }
        }

        return folders;
    }

    private static string[] ReadApplets(string file)
    {
        var applets = new List<string>();
        foreach (string line in File.ReadLines(file))
        {
            string path = line.Trim();
            if (path.StartsWith('/'))
                applets.Add(path);
        }

        return [.. applets];
    }
}
