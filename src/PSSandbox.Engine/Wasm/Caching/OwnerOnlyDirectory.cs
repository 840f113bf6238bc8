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
    // struct statx: these 32-bit words are the user id and, in the lower half, the mode on every little-endian architecture.
    private const int StatusWords = 64;
    private const int UserWord = 5;
    private const int ModeWord = 7;
    private const uint TypeMask = 0xf000;
    private const uint RegularFile = 0x8000;
    private const uint Folder = 0x4000;
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

            if (OperatingSystem.IsLinux() && IsPrepared(path))
                return true;
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

    /// <summary>Whether there is a file, a plain one, the current user's and not writable by others.</summary>
    public static FileTrust Look(string path)
    {
        if (OperatingSystem.IsLinux())
            return LookOnLinux(path);
        FileInfo file = new(path);
        if (!file.Exists)
            return FileTrust.Missing;
        bool trusted = file.LinkTarget is null
            && (OperatingSystem.IsWindows() || ((file.UnixFileMode & OthersWrite) == 0 && IsOwned(path)));
        return trusted ? FileTrust.Trusted : FileTrust.Foreign;
    }

    private static FileTrust LookOnLinux(string path)
    {
        uint* status = stackalloc uint[StatusWords];
        if (!TryGetStatus(path, status))
            return FileTrust.Missing;
        uint mode = status[ModeWord] & 0xffff;
        bool trusted = (mode & TypeMask) == RegularFile && (mode & (uint)OthersWrite) == 0 && status[UserWord] == EffectiveUser();
        return trusted ? FileTrust.Trusted : FileTrust.Foreign;
    }

    // What is the rule, in one call of the system.
    private static bool IsPrepared(string path)
    {
        uint* status = stackalloc uint[StatusWords];
        return TryGetStatus(path, status) && (status[ModeWord] & (TypeMask | (uint)Others)) == Folder && status[UserWord] == EffectiveUser();
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

        uint* status = stackalloc uint[StatusWords];
        return TryGetStatus(path, status) && status[UserWord] == EffectiveUser();
    }

    private static bool TryGetStatus(string path, uint* status)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        const uint TypeModeAndUser = 0x1 | 0x2 | 0x8;
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* pointer = name)
            return StatX(CurrentFolder, pointer, NoFollow, TypeModeAndUser, status) == 0;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte* path, int flags, uint mask, uint* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
