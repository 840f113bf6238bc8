using PSSandbox.FileSystem;

namespace PSSandbox.Userland;

/// <summary>Makes the root file system that all sandboxes lie over: an Alpine-like tree whose commands are files.</summary>
internal static class RootImage
{
    /// <summary>Where the BusyBox module is.</summary>
    public const string BusyBoxPath = "/bin/busybox";

    private const int Executable = 0x1ed;

    /// <summary>Adds BusyBox, a symbolic link for each of its applets, a file for each native command, which goes before an applet of its name, and the language runtimes.</summary>
    public static ImageBuilder AddPrograms(this ImageBuilder image, NativeCommandTable commands, UserlandFiles userland)
    {
        image.AddFile(BusyBoxPath, userland.BusyBox, Executable);
        var directories = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in userland.Applets)
        {
            int slash = path.LastIndexOf('/');
            string name = path[(slash + 1)..];
            directories[name] = path[..slash];
            if (commands.Find(name) is null)
                image.AddSymbolicLink(path, BusyBoxPath);
        }

        foreach (NativeCommand command in commands)
        {
            string directory = directories.GetValueOrDefault(command.Name, command.Directory);
            image.AddFile($"{directory}/{command.Name}", NativeCommandTable.FileContent(command.Name), Executable);
        }

        userland.Runtimes.AddTo(image);
        return image;
    }

    /// <summary>Makes the whole image.</summary>
    public static Image Build(NativeCommandTable commands, UserlandFiles userland) =>
        new ImageBuilder().AddBaseFiles().AddPrograms(commands, userland).Build();
}
