using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

// Files and folders between the host and the sandbox.
public sealed partial class Sandbox
{
    /// <summary>
    /// Copies a file or folder of the host into the sandbox, with modes and times; what is made belongs to the sandbox's
    /// user. A link is copied as a link: nothing outside of what is named is read.
    /// </summary>
    /// <param name="hostPath">What: a path of the host.</param>
    /// <param name="path">The name that it gets inside; folders on the way are made.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it; what was copied so far stays.</param>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed, SandboxLimitExceeded, InvalidOption.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void CopyIn(string hostPath, string path, CopyOptions? options = null, CancellationToken cancellation = default)
    {
        HostMount host = OpenHost(hostPath, readOnly: true, out TreePlace from);
        try
        {
            TreePlace to = PlaceOf(path, make: true);
            NewCopy(options ?? new(), hostPath, null, new Credentials(Options.UserId, Options.GroupId), cancellation).Run(from, to);
        }
        finally
        {
            host.Close();
        }
    }

    /// <summary>
    /// Copies a file or folder of the sandbox to the host, with modes (but for set-user-id and set-group-id) and times. A
    /// link is copied as a link, and only if it stays within what is copied: nothing is written outside of the name that
    /// is given, and no link is made that leads there.
    /// </summary>
    /// <param name="path">What: a path inside.</param>
    /// <param name="hostPath">The name that it gets on the host; folders on the way are made.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it; what was copied so far stays.</param>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed, InvalidOption.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void CopyOut(string path, string hostPath, CopyOptions? options = null, CancellationToken cancellation = default)
    {
        TreePlace from = PlaceOf(path, make: false);
        HostMount host = OpenHost(hostPath, readOnly: false, out TreePlace to);
        try
        {
            NewCopy(options ?? new(), path, host, Credentials.Root, cancellation).Run(from, to);
        }
        finally
        {
            host.Close();
        }
    }

    private static TreeCopy NewCopy(CopyOptions options, string top, HostMount? target, Credentials owner, CancellationToken cancellation)
    {
        string above = top[..(top.AsSpan().TrimEnd('/').LastIndexOf('/') + 1)];
        Action<string, Errno> report = (name, errno) =>
        {
            SandboxException error = CopyError(above + ByteText.ToText(name), errno);
            if (options.Failed is null)
                throw error;
            options.Failed(error);
        };
        return new TreeCopy(report, cancellation)
        {
            Recurse = options.Recurse,
            Force = options.Force,
            KeepLinksInside = target is not null,
            PathBefore = target is null ? 0 : ByteText.FromText(target.HostPath).Length + 1,
            Owner = owner,
            Progress = options.Progress is { } progress ? (name, items, bytes) => progress(new CopyProgress(ByteText.ToText(name), items, bytes)) : null,
        };
    }

    private static SandboxException CopyError(string path, Errno errno)
    {
        string? why = errno switch
        {
            Errno.EISDIR => "is a folder, which needs Recurse, or would replace a folder",
            Errno.ENOTDIR => "is a folder, and the destination has something else of that name",
            Errno.EEXIST => "would replace something of another kind, which needs Force",
            Errno.EACCES => "may not be read, or would replace a file that may not be written, which needs Force",
            Errno.EXDEV => "is a link that leads out of what is copied",
            Errno.ENOTSUP => "is not a file, a folder or a link",
            _ => null,
        };
        return why is null ? Error(errno, path) : new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{path}' was not copied: it {why}.");
    }

    /// <summary>The folder that a host's path lies in, as a tree of its own; nothing outside of it can be reached.</summary>
    private static HostMount OpenHost(string hostPath, bool readOnly, out TreePlace place)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostPath);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(hostPath));
        if (Path.GetDirectoryName(full) is not { } folder)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{hostPath}' is the root of a file system: name a file or a folder in it.");
        try
        {
            if (!readOnly)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"The folder '{folder}' cannot be made: {e.Message}", e);
        }

        Check(HostMount.Open(folder, readOnly, Credentials.Root, out HostMount? host), folder);
        place = new TreePlace(
            new VirtualFileSystem(host!.Root),
            new PathContext(host.Root, host.Root, Credentials.Root),
            ByteText.FromText(Path.GetFileName(full)));
        return host;
    }

    private TreePlace PlaceOf(string path, bool make)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string bytes = ByteText.FromText(path).TrimEnd('/');
        int slash = bytes.LastIndexOf('/');
        string folder = slash < 0 ? "." : slash == 0 || bytes.Length == 0 ? "/" : bytes[..slash];
        string name = bytes.Length == 0 ? "." : bytes[(slash + 1)..];
        if (make && name is "." or "..")
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{path}' is not a name for a new file or folder.");
        if (make)
            MakeDirectories(folder);
        Check(_kernel.Files.Resolve(HostPaths, folder, followLast: true, out Node? directory), path);
        return new TreePlace(_kernel.Files, HostPaths with { Start = directory! }, name);
    }
}
