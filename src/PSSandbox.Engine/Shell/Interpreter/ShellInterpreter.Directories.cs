using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Interpreter;

// The working directory as the shell names it (POSIX XCU cd, pwd).
internal sealed partial class ShellInterpreter
{
    /// <summary>The working directory's path without symbolic links; empty if it was removed.</summary>
    public string PhysicalDirectory() => Process.Kernel.Files.PathOf(Process.WorkingDirectory, Process.Root);

    /// <summary>PWD where it names the working directory, else its path without symbolic links.</summary>
    public string LogicalDirectory() =>
        Variables.Get("PWD") is { Length: > 0 } path && IsWorkingDirectory(path) ? path : PhysicalDirectory();

    /// <summary>Sets PWD as POSIX wants it when a shell begins.</summary>
    private void InitializeDirectory()
    {
        string path = LogicalDirectory();
        if (path.Length == 0 || Variables.FindDirect("PWD") is { IsExported: true } known && known.Scalar == path)
            return;
        Variables.Assign("PWD", path);
        Variables.SetAttributes("PWD", Shell.Variables.VariableAttributes.Exported);
    }

    /// <summary>Changes the working directory and sets PWD and OLDPWD.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="physical">Whether symbolic links are resolved before "..".</param>
    public Errno ChangeDirectory(string directory, bool physical)
    {
        string old = Variables.Get("PWD") ?? PhysicalDirectory();
        string path = directory;
        if (!physical)
        {
            if (path[0] != '/')
                path = string.Concat(LogicalDirectory().TrimEnd('/'), "/", path);
            path = Canonical(path);
        }

        Errno error = Process.Kernel.Files.Resolve(Process.Paths, path, true, out Node? node);
        if (error != Errno.None && !physical)
        {
            // A path too long or through something removed may still be reached from here.
            error = Process.Kernel.Files.Resolve(Process.Paths, directory, true, out node);
            physical |= error == Errno.None;
        }

        if (error != Errno.None)
            return error;
        if (!node!.IsDirectory)
            return Errno.ENOTDIR;
        error = Process.Kernel.Files.Access(Process.Paths, physical ? directory : path, 1);
        if (error != Errno.None)
            return error;
        Process.WorkingDirectory = node;
        if (physical)
            path = PhysicalDirectory();
        Variables.Assign("OLDPWD", old);
        Variables.Assign("PWD", path);
        return Errno.None;
    }

    private bool IsWorkingDirectory(string path) =>
        path[0] == '/' && Canonical(path) == path
        && Process.Kernel.Files.Resolve(Process.Paths, path, true, out Node? node) == Errno.None && node == Process.WorkingDirectory;

    /// <summary>Removes ".", ".." and doubled slashes from an absolute path by its text alone.</summary>
    private static string Canonical(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal) && (path.Length == 1 || path[^1] != '/'))
            return path;
        var names = new List<string>();
        foreach (string name in path.Split('/'))
        {
            if (name is "" or ".")
                continue;
            if (name != "..")
                names.Add(name);
            else if (names.Count > 0)
                names.RemoveAt(names.Count - 1);
        }

        return "/" + string.Join('/', names);
    }
}
