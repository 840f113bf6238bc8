using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

// Host folders, and copies of a whole sandbox.
public sealed partial class Sandbox
{
    private const int MountPointMode = 0x1a4;

    /// <summary>
    /// Makes a sandbox with the same options and a copy of this one's files as they are now. Copying is lazy: what neither
    /// changes is shared. Processes are not copied; mounted host folders are mounted again.
    /// </summary>
    /// <param name="name">The copy's name; null for one made up.</param>
    /// <exception cref="SandboxException">SandboxNotRunning, MountFailed.</exception>
    public Sandbox Fork(string? name = null)
    {
        if (Status is not (SandboxStatus.Running or SandboxStatus.Paused))
            throw new SandboxException(SandboxErrorCode.SandboxNotRunning, $"Sandbox '{Name}' is {Status} and cannot be copied.");
        return Create(Options with { Name = name }, _root.Freeze());
    }

    /// <summary>Mounts a host folder or file in a sandbox that runs.</summary>
    /// <exception cref="SandboxException">MountFailed, SandboxNotRunning.</exception>
    public void AddMount(SandboxMount mount)
    {
        ArgumentNullException.ThrowIfNull(mount);
        if (Status is not (SandboxStatus.Running or SandboxStatus.Paused))
            throw new SandboxException(SandboxErrorCode.SandboxNotRunning, $"Sandbox '{Name}' is {Status}: nothing can be mounted in it.");
        Mount(mount);
    }

    /// <summary>Takes away what is mounted at a path.</summary>
    /// <exception cref="SandboxException">MountFailed.</exception>
    public void RemoveMount(string path)
    {
        Errno error = _kernel.Files.Unmount(HostPaths, ByteText.FromText(path));
        if (error != Errno.None)
            throw new SandboxException(SandboxErrorCode.MountFailed, $"'{path}' cannot be unmounted: {error.Message()}.");
    }

    private void Mount(SandboxMount mount)
    {
        if (!mount.Path.StartsWith('/'))
            throw new SandboxException(SandboxErrorCode.MountFailed, $"'{mount.HostPath}' cannot be mounted at '{mount.Path}': that is not an absolute path.");
        Errno error = OpenMount(mount, out Node? node);
        if (error != Errno.None)
            throw new SandboxException(SandboxErrorCode.MountFailed, $"'{mount.HostPath}' cannot be mounted: {error.Message()}.");
        string path = ByteText.FromText(mount.Path);
        MakeMountPoint(path, node!.IsDirectory);
        string options = mount.Access == MountAccess.ReadOnly ? "ro,relatime" : "rw,relatime";
        string type = mount.Access == MountAccess.CopyOnWrite ? "overlay" : "host";
        error = _kernel.Files.Mount(HostPaths, path, node, new MountEntry(type, path, type, options));
        if (error != Errno.None)
            throw new SandboxException(SandboxErrorCode.MountFailed, $"'{mount.HostPath}' cannot be mounted at '{mount.Path}': {error.Message()}.");
    }

    private Errno OpenMount(SandboxMount mount, out Node? node)
    {
        var owner = new Credentials(Options.UserId, Options.GroupId);
        Errno error = HostMount.Open(mount.HostPath, mount.Access != MountAccess.ReadWrite, owner, out HostMount? host);
        node = host?.Root;
        if (error == Errno.None && mount.Access == MountAccess.CopyOnWrite)
            error = OverlayMount.Create(node!, _storage, out node);
        return error;
    }

    private void MakeMountPoint(string path, bool directory)
    {
        int slash = path.TrimEnd('/').LastIndexOf('/');
        MakeDirectories(directory ? path : path[..Math.Max(1, slash)]);
        if (directory || _kernel.Files.GetStatus(HostPaths, path, true, out _) == Errno.None)
            return;
        Check(_kernel.Files.Open(HostPaths, path, OpenFlags.WriteOnly | OpenFlags.Create, MountPointMode, out OpenFile? file), ByteText.ToText(path));
        file!.Release();
    }
}
