using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace PSSandbox.Wasm.Caching;

/// <summary>
/// Makes and checks folders and files that nobody but the current user can have written. On Windows the profile's
/// access list says that, on other systems owner and mode bits do.
/// </summary>
internal static unsafe partial class OwnerOnlyDirectory
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder where it is missing; true where it is the current user's alone.</summary>
    public static bool TryPrepare(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return true;
            }

            if (!Directory.Exists(path))
            {
                string? parent = Path.GetDirectoryName(path);
                if (parent is not null)
                    Directory.CreateDirectory(parent);
                Directory.CreateDirectory(path, Owner);
            }

            DirectoryInfo folder = new(path);
            if (folder.LinkTarget is not null || !IsOwned(path))
                return false;
            if ((folder.UnixFileMode & Others) != 0)
                File.SetUnixFileMode(path, Owner);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file is a plain one, the current user's, and not writable by others.</summary>
    public static bool IsTrusted(FileInfo file)
    {
        if (!file.Exists || file.LinkTarget is not null)
            return false;
        return OperatingSystem.IsWindows() || ((file.UnixFileMode & OthersWrite) == 0 && IsOwned(file.FullName));
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOwned(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Only its owner may set a file's mode.
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }

        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        const uint UserId = 0x8;
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        uint* status = stackalloc uint[64];
        fixed (byte* pointer = name)
        {
            // struct statx: the user id is its sixth 32-bit word on every architecture.
            return StatX(CurrentFolder, pointer, NoFollow, UserId, status) == 0 && status[5] == EffectiveUser();
        }
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte* path, int flags, uint mask, uint* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
