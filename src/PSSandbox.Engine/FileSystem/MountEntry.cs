namespace PSSandbox.FileSystem;

/// <summary>One line of <c>/proc/mounts</c> (proc_mounts(5)).</summary>
/// <param name="Source">What is mounted: a name such as <c>tmpfs</c>, never a path of the host.</param>
/// <param name="Target">Absolute path of the mount point.</param>
/// <param name="TypeName">Type of the file system.</param>
/// <param name="Options">Comma-separated options, <c>rw</c> or <c>ro</c> first.</param>
internal sealed record MountEntry(string Source, string Target, string TypeName, string Options = "rw,relatime");
