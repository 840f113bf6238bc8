using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>A program that was found runnable, with what it is to be given.</summary>
/// <param name="Path">The path of its file.</param>
/// <param name="Arguments">The argument vector.</param>
/// <param name="Program">The program.</param>
internal readonly record struct Executable(string Path, string[] Arguments, IProgram Program)
{
    /// <summary>The flag that has a name without '/' searched for along PATH.</summary>
    public const int SearchFlag = 1;

    private const string DefaultPath = "/bin:/usr/bin";
    private const string Shell = "/bin/sh";
    private const int Execute = 1;
    private const int ShortPath = 256;

    /// <summary>
    /// Finds a program as execve does, or as execvp does with <see cref="SearchFlag"/>: along PATH, and with a file
    /// of no known format given to the shell. The process that asks is not changed.
    /// </summary>
    public static Errno Find(Process process, string name, string[] arguments, string[] environment, int flags, out Executable executable)
    {
        if ((flags & SearchFlag) == 0)
            return Load(process, name, arguments, out executable);
        Errno error = name.Contains('/', StringComparison.Ordinal)
            ? Load(process, name, arguments, out executable)
            : Search(process, name, arguments, environment, out executable);
        return error == Errno.ENOEXEC ? LoadScript(process, executable.Path, arguments, out executable) : error;
    }

    private static Errno Search(Process process, string name, string[] arguments, string[] environment, out Executable executable)
    {
        string? entry = Array.Find(environment, static e => e.StartsWith("PATH=", StringComparison.Ordinal));
        string path = entry?[5..] ?? DefaultPath;
        Errno result = Errno.ENOENT;
        executable = default;
        Span<char> buffer = stackalloc char[ShortPath];
        foreach (Range part in path.AsSpan().Split(':'))
        {
            ReadOnlySpan<char> directory = path.AsSpan(part);
            ReadOnlySpan<char> candidate = directory.IsEmpty ? name : Join(directory, name, buffer);
            Errno error = Find(process, candidate, out Node? node);
            if (error == Errno.None)
                error = Load(process, node!, candidate.ToString(), arguments, out executable);
            if (error == Errno.EACCES)
                result = error;
            else if (error is not (Errno.ENOENT or Errno.ENOTDIR))
                return error;
        }

        return result;
    }

    // A string is made of the one that is found.
    private static ReadOnlySpan<char> Join(ReadOnlySpan<char> directory, string name, Span<char> buffer)
    {
        int length = directory.Length + 1 + name.Length;
        if (length > buffer.Length)
            return $"{directory}/{name}";
        directory.CopyTo(buffer);
        buffer[directory.Length] = '/';
        name.CopyTo(buffer[(directory.Length + 1)..]);
        return buffer[..length];
    }

    private static Errno LoadScript(Process process, string path, string[] arguments, out Executable executable) =>
        Load(process, Shell, ["sh", path, .. arguments.AsSpan(Math.Min(1, arguments.Length))], out executable);

    private static Errno Load(Process process, string path, string[] arguments, out Executable executable)
    {
        executable = new Executable(path, arguments, null!);
        Errno error = Find(process, path, out Node? node);
        return error != Errno.None ? error : Load(process, node!, path, arguments, out executable);
    }

    private static Errno Load(Process process, Node node, string path, string[] arguments, out Executable executable)
    {
        Errno error = process.Kernel.Loader.Load(process, node, path, ref arguments, out IProgram? program);
        executable = new Executable(path, arguments, program!);
        return error;
    }

    /// <summary>The file of a path, if it is one that the process may execute.</summary>
    private static Errno Find(Process process, ReadOnlySpan<char> path, out Node? node)
    {
        Errno error = process.Kernel.Files.Resolve(process.Paths, path, true, out node);
        if (error != Errno.None)
            return error;
        error = node!.GetStatus(out FileStatus status);
        if (error != Errno.None)
            return error;
        return status.Type != FileType.Regular || !VirtualFileSystem.Permits(status, process.User, Execute) ? Errno.EACCES : Errno.None;
    }
}
