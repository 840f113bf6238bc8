namespace PSSandbox.FileSystem;

/// <summary>Who asks: user and group ids. User 0 passes every permission check (POSIX: appropriate privileges).</summary>
internal readonly record struct Credentials(int UserId, int GroupId)
{
    /// <summary>The superuser of a sandbox; it has no power over the host.</summary>
    public static Credentials Root => default;
}
