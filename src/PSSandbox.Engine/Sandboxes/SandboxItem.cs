using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>A file, directory or link in a sandbox, as it was when it was looked at.</summary>
public sealed class SandboxItem
{
    internal SandboxItem(string sandbox, string path, in FileStatus status, string? target)
    {
        Sandbox = sandbox;
        FullName = path;
        Name = path == "/" ? "/" : path[(path.LastIndexOf('/') + 1)..];
        Length = status.Type == FileType.Regular ? status.Size : 0;
        UnixMode = (int)status.Type | status.Mode;
        IsContainer = status.Type == FileType.Directory;
        IsLink = status.Type == FileType.SymbolicLink;
        LinkTarget = target;
        LinkCount = status.Links;
        UserId = status.UserId;
        GroupId = status.GroupId;
        LastWriteTime = Time(status.ModificationTime);
        LastAccessTime = Time(status.AccessTime);
    }

    /// <summary>Name of the sandbox.</summary>
    public string Sandbox { get; }

    /// <summary>The last component of the path.</summary>
    public string Name { get; }

    /// <summary>The path inside.</summary>
    public string FullName { get; }

    /// <summary>The path of the directory that it is in; empty for the root.</summary>
    public string DirectoryName => FullName == "/" ? "" : FullName.LastIndexOf('/') is > 0 and var slash ? FullName[..slash] : "/";

    /// <summary>Length in bytes; 0 for what is no regular file.</summary>
    public long Length { get; }

    /// <summary>Type and permission bits, as <c>st_mode</c> has them.</summary>
    public int UnixMode { get; }

    /// <summary>Whether it is a directory.</summary>
    public bool IsContainer { get; }

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink { get; }

    /// <summary>Where a symbolic link points; null for anything else.</summary>
    public string? LinkTarget { get; }

    /// <summary>Number of names.</summary>
    public int LinkCount { get; }

    /// <summary>Owner.</summary>
    public int UserId { get; }

    /// <summary>Group.</summary>
    public int GroupId { get; }

    /// <summary>Last change of content.</summary>
    public DateTimeOffset LastWriteTime { get; }

    /// <summary>Last access.</summary>
    public DateTimeOffset LastAccessTime { get; }

    /// <summary>The mode as <c>ls -l</c> writes it.</summary>
    public string Permissions => string.Create(10, UnixMode, static (text, mode) =>
    {
        text[0] = (FileType)(mode & 0xf000) switch
        {
            FileType.Directory => 'd',
            FileType.SymbolicLink => 'l',
            FileType.CharacterDevice => 'c',
            FileType.BlockDevice => 'b',
            FileType.Fifo => 'p',
            FileType.Socket => 's',
            _ => '-',
        };
        for (int i = 0; i < 9; i++)
            text[i + 1] = (mode >> (8 - i) & 1) != 0 ? "rwx"[i % 3] : '-';
        Special(text, 3, mode & 0x800, 's');
        Special(text, 6, mode & 0x400, 's');
        Special(text, 9, mode & 0x200, 't');
    });

    /// <inheritdoc/>
    public override string ToString() => FullName;

    private static void Special(Span<char> text, int at, int bit, char letter)
    {
        if (bit != 0)
            text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
    }

    private static DateTimeOffset Time(long nanoseconds) => new(DateTime.UnixEpoch.AddTicks(nanoseconds / 100));
}
