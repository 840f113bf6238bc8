using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;

namespace PSSandbox.Wasm.Caching;

/// <summary>
/// Compiled modules on disk, shared by all engines and processes of one user. An entry is one file in a folder that
/// only its owner can use, named after its key and the hash of its contents; what does not verify is deleted and
/// reported missing, so that a damaged entry is compiled again and a foreign one is never run. Entries appear by a
/// rename, so processes may race; together they are bounded, and the least recently used go first.
/// </summary>
/// <remarks>Failures of the file system are no errors: the cache then holds nothing. Safe for several threads.</remarks>
internal sealed class CompiledCodeCache
{
    /// <summary>The environment variable that names the folder in place of the user's cache folder; empty: no cache.</summary>
    public const string EnvironmentVariable = "PSSANDBOX_CACHE";

    /// <summary>Bytes of all entries together, unless said otherwise.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    private const string TemporarySuffix = ".tmp";
    private static readonly TimeSpan StaleTemporary = TimeSpan.FromHours(1);
    private static readonly TimeSpan UseResolution = TimeSpan.FromHours(6);

    private readonly long _maxBytes;
    private readonly Lazy<bool> _usable;

    /// <summary>A cache in a folder, which is made when it is first used.</summary>
    public CompiledCodeCache(string folder, long maxBytes = DefaultMaxBytes)
    {
        Folder = Path.GetFullPath(folder);
        _maxBytes = maxBytes;
        _usable = new Lazy<bool>(() => OwnerOnlyDirectory.TryPrepare(Folder));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Whether the folder exists and is the current user's alone.</summary>
    public bool IsUsable => _usable.Value;

    /// <summary>The current user's cache, or null where there is none (no home, or switched off).</summary>
    public static CompiledCodeCache? ForCurrentUser()
    {
        string? named = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (named is not null)
            return named.Length == 0 ? null : new CompiledCodeCache(named);
        string? root = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? null
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            root = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : home.Length == 0 ? ""
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
                : Path.Combine(home, ".cache");
        }

        return Path.IsPathRooted(root) ? new CompiledCodeCache(Path.Combine(root, "pssandbox", "code")) : null;
    }

    /// <summary>The key of a module's compiled form.</summary>
    /// <param name="module">The module's bytes.</param>
    /// <param name="engine">The engine's name and version.</param>
    /// <param name="configuration">What else the code depends on.</param>
    public static string Key(ReadOnlySpan<byte> module, string engine, string configuration)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(module, hash);
        byte[] rest = Encoding.UTF8.GetBytes(engine + '\n' + configuration);
        Span<byte> all = [.. hash, .. rest];
        SHA256.HashData(all, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>Finds an entry and verifies it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="path">The file, whose contents are exactly what was stored.</param>
    public bool TryGet(string key, out string path)
    {
        path = "";
        if (!_usable.Value)
            return false;
        try
        {
            foreach (FileInfo file in new DirectoryInfo(Folder).EnumerateFiles(key + ".*"))
            {
                if (IsTemporary(file))
                    continue;
                if (Verify(file))
                {
                    if (DateTime.UtcNow - file.LastWriteTimeUtc > UseResolution)
                        file.LastWriteTimeUtc = DateTime.UtcNow;
                    path = file.FullName;
                    return true;
                }

                file.Delete();
            }
        }
        catch (Exception e) when (IsFileFailure(e))
        {
        }

        return false;
    }

    /// <summary>The contents of an entry, or null where there is none that verifies.</summary>
    public byte[]? Read(string key)
    {
        if (!TryGet(key, out string path))
            return null;
        try
        {
            // Verified once more, on the very bytes that are given out.
            byte[] contents = File.ReadAllBytes(path);
            return HashOf(contents) == HashInName(path) ? contents : null;
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            return null;
        }
    }

    /// <summary>Stores an entry in place of any other of its key; then deletes the least recently used ones over the bound.</summary>
    /// <returns>Its file, or null where it could not be stored.</returns>
    public string? Store(string key, ReadOnlySpan<byte> contents)
    {
        if (contents.Length > _maxBytes || !_usable.Value)
            return null;
        string name = string.Create(CultureInfo.InvariantCulture, $"{key}.{HashOf(contents)}");
        string path = Path.Combine(Folder, name);
        string temporary = Path.Combine(Folder, $"{key}.{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream stream = new(temporary, options))
                stream.Write(contents);
            File.Move(temporary, path, overwrite: true);
            Evict(key, name);
            return path;
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            DeleteQuietly(temporary);
            return File.Exists(path) ? path : null;
        }
    }

    private void Evict(string key, string keep)
    {
        List<FileInfo> entries = [];
        long total = 0;
        foreach (FileInfo file in new DirectoryInfo(Folder).EnumerateFiles())
        {
            bool stale = IsTemporary(file)
                ? DateTime.UtcNow - file.LastWriteTimeUtc > StaleTemporary
                : file.Name != keep && file.Name.StartsWith(key + '.', StringComparison.Ordinal);
            if (stale)
            {
                DeleteQuietly(file.FullName);
                continue;
            }

            total += file.Length;
            if (file.Name != keep && !IsTemporary(file))
                entries.Add(file);
        }

        if (total <= _maxBytes)
            return;
        entries.Sort(static (a, b) => a.LastWriteTimeUtc.CompareTo(b.LastWriteTimeUtc));
        foreach (FileInfo file in entries)
        {
            total -= file.Length;
            DeleteQuietly(file.FullName);
            if (total <= _maxBytes)
                return;
        }
    }

    private static unsafe bool Verify(FileInfo file)
    {
        if (!OwnerOnlyDirectory.IsTrusted(file))
            return false;
        long length = file.Length;
        if (length == 0 || length > int.MaxValue)
            return false;
        using MemoryMappedFile map = MemoryMappedFile.CreateFromFile(file.FullName, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewAccessor view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return HashOf(new ReadOnlySpan<byte>(start, (int)length)) == HashInName(file.Name);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static string HashOf(ReadOnlySpan<byte> contents)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(contents, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static string HashInName(string path) => Path.GetExtension(path).TrimStart('.');

    private static bool IsTemporary(FileInfo file) => file.Name.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    private static bool IsFileFailure(Exception e) => e is IOException or UnauthorizedAccessException;

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsFileFailure(e))
        {
        }
    }
}
