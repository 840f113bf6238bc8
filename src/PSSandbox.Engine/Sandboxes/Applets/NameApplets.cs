using PSSandbox.Processes;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>pwd, basename and dirname.</summary>
internal static class NameApplets
{
    /// <summary>pwd without options: the directory as it is reached without symbolic links.</summary>
    public static int? WorkingDirectory(Process process)
    {
        if (process.Arguments.Length > 1)
            return null;
        string path = process.Kernel.Files.PathOf(process.WorkingDirectory, process.Root);
        return path.Length == 0 ? null : AppletOutput.Write(process, "pwd", path + "\n");
    }

    /// <summary>basename of a path, with or without a suffix that is left out.</summary>
    public static int? BaseName(Process process)
    {
        string[] arguments = process.Arguments;
        if (arguments.Length is < 2 or > 3 || arguments[1].StartsWith('-') || !AppletOutput.IsSmall(arguments))
            return null;
        string path = arguments[1];
        ReadOnlySpan<char> name = path.AsSpan().TrimEnd('/');
        if (name.IsEmpty && path.Length > 0)
            name = "/";
        else
            name = name[(name.LastIndexOf('/') + 1)..];
        if (arguments.Length == 3 && arguments[2].Length < name.Length && name.EndsWith(arguments[2], StringComparison.Ordinal))
            name = name[..^arguments[2].Length];
        return AppletOutput.Write(process, "basename", $"{name}\n");
    }

    /// <summary>dirname of one path.</summary>
    public static int? DirectoryName(Process process)
    {
        string[] arguments = process.Arguments;
        if (arguments.Length != 2 || arguments[1].StartsWith('-') || !AppletOutput.IsSmall(arguments))
            return null;
        ReadOnlySpan<char> path = arguments[1];
        ReadOnlySpan<char> name = path.TrimEnd('/');
        int slash = name.LastIndexOf('/');
        ReadOnlySpan<char> directory = slash >= 0 ? name[..slash].TrimEnd('/') : [];
        if (directory.IsEmpty)
            directory = path.StartsWith('/') ? "/" : ".";
        return AppletOutput.Write(process, "dirname", $"{directory}\n");
    }
}
