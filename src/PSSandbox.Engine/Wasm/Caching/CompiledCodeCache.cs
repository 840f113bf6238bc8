using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.Wasm.Caching;

/// <summary>
/// Compiled modules on disk, shared by all engines and processes of one user. An entry is one file in a folder that
/// only its owner can use: the contents, and behind them a checksum. What is not the owner's or does not verify is deleted
/// and reported missing, so that a foreign entry is never run and a damaged one is compiled again. Entries appear by a
/// rename, so processes may race; together they are bounded, and the least recently used go first.
/// </summary>
/// <remarks>Failures of the file system are no errors: the cache then holds nothing. Safe for several threads.</remarks>
internal sealed class CompiledCodeCache
{
    /// <summary>The environment variable that names the folder in place of the user's cache folder; empty: no cache.</summary>
    public const string EnvironmentVariable = "PSSANDBOX_CACHE";

    /// <summary>Bytes of all entries together, unless said otherwise.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    private const int ChecksumBytes = 8;
    private const int BlockBytes = 2048 * XxHash64.StripeBytes;
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

    /// <summary>
    /// The key of a module's compiled form: the whole of the module's hash in hexadecimal digits, because who can make two
    /// modules with one key can have the one run as the other; then a checksum of what no guest has a say in.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="engine">The engine's name and version.</param>
    /// <param name="configuration">What else the code depends on.</param>
    public static string Key(in ContentHash module, string engine, string configuration)
    {
        Span<byte> key = stackalloc byte[ContentHash.SizeInBytes + ChecksumBytes];
        module.CopyTo(key);
        ulong rest = new XxHash64().Finish(Encoding.UTF8.GetBytes($"{engine}\n{configuration}"));
        BinaryPrimitives.WriteUInt64BigEndian(key[ContentHash.SizeInBytes..], rest);
        return Hexadecimal.Lower(key);
    }

    /// <summary>Finds an entry and verifies it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="path">The file: what was stored, then some more bytes.</param>
    public bool TryGet(string key, out string path)
    {
        path = "";
        string file = Path.Combine(Folder, key);
        if (!Verify(file, null))
            return false;
        path = file;
        return true;
    }

    /// <summary>The contents of an entry, or null where there is none that verifies.</summary>
    public byte[]? Read(string key)
    {
        byte[]? contents = null;
        return Verify(Path.Combine(Folder, key), length => contents = GC.AllocateUninitializedArray<byte>(length)) ? contents : null;
    }

    /// <summary>Stores an entry in place of any other of its key; then deletes the least recently used ones over the bound.</summary>
    /// <returns>Its file, or null where it could not be stored.</returns>
    public string? Store(string key, ReadOnlySpan<byte> contents)
    {
        if (contents.IsEmpty || contents.Length > _maxBytes || !_usable.Value)
            return null;
        string path = Path.Combine(Folder, key);
        string temporary = Path.Combine(Folder, $"{key}.{Guid.NewGuid():N}{TemporarySuffix}");
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(checksum, new XxHash64().Finish(contents));
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream stream = new(temporary, options))
            {
                stream.Write(contents);
                stream.Write(checksum);
            }

            File.Move(temporary, path, overwrite: true);
            Evict(key);
            return path;
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            DeleteQuietly(temporary);
            return File.Exists(path) ? path : null;
        }
    }

    private void Evict(string keep)
    {
        List<FileInfo> entries = [];
        long total = 0;
        foreach (FileInfo file in new DirectoryInfo(Folder).EnumerateFiles())
        {
            bool temporary = file.Name.EndsWith(TemporarySuffix, StringComparison.Ordinal);
            if (temporary && DateTime.UtcNow - file.LastWriteTimeUtc > StaleTemporary)
            {
                DeleteQuietly(file.FullName);
                continue;
            }

            total += file.Length;
            if (file.Name != keep && !temporary)
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

    /// <summary>Whether a file is an entry as it was stored; if not it is deleted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allocate">Gives room for all contents, which then are in it; null: they are only looked at.</param>
    private bool Verify(string path, Func<int, byte[]>? allocate)
    {
        if (!_usable.Value)
            return false;
        try
        {
            switch (OwnerOnlyDirectory.Look(path))
            {
                case FileTrust.Missing:
                    return false;
                case FileTrust.Trusted:
                    using (SafeFileHandle file = File.OpenHandle(path))
                    {
                        if (HasItsChecksum(file, allocate))
                        {
                            NoteUse(path, file);
                            return true;
                        }
                    }

                    break;
            }

            File.Delete(path);
        }
        catch (Exception e) when (IsFileFailure(e))
        {
        }

        return false;
    }

    private static bool HasItsChecksum(SafeFileHandle file, Func<int, byte[]>? allocate)
    {
        long length = RandomAccess.GetLength(file) - ChecksumBytes;
        if (length <= 0 || length > Array.MaxLength)
            return false;
        byte[]? contents = allocate?.Invoke((int)length);
        byte[] block = contents ?? GC.AllocateUninitializedArray<byte>((int)Math.Min(length, BlockBytes));
        XxHash64 hash = new();
        ulong found = 0;
        for (long done = 0; done < length;)
        {
            Span<byte> piece = contents is null ? block : block.AsSpan((int)done);
            piece = piece[..(int)Math.Min(length - done, BlockBytes)];
            if (RandomAccess.Read(file, piece, done) != piece.Length)
                return false;
            done += piece.Length;
            if (done < length)
                hash.Append(piece);
            else
                found = hash.Finish(piece);
        }

        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        return RandomAccess.Read(file, checksum, length) == ChecksumBytes && BinaryPrimitives.ReadUInt64LittleEndian(checksum) == found;
    }

    // The file's time is that of its last use, to within some hours.
    private static void NoteUse(string path, SafeFileHandle file)
    {
        DateTime now = DateTime.UtcNow;
        if (now - File.GetLastWriteTimeUtc(file) > UseResolution)
            File.SetLastWriteTimeUtc(path, now);
    }

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
