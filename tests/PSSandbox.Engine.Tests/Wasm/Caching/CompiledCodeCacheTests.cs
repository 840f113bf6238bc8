using System.Runtime.Versioning;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;

namespace PSSandbox.Tests.Wasm.Caching;

public sealed class CompiledCodeCacheTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("code-cache-").FullName;

    private string Folder => Path.Combine(_root, "cache");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void StoredContentsComeBack()
    {
        CompiledCodeCache cache = new(Folder);
        byte[] contents = [1, 2, 3];
        string key = CompiledCodeCache.Key(ContentHash.Of([9]), "engine 1", "");
        Assert.False(cache.TryGet(key, out _));
        string? path = cache.Store(key, contents);
        Assert.NotNull(path);
        Assert.True(new CompiledCodeCache(Folder).TryGet(key, out string found));
        Assert.Equal(path, found);
        Assert.Equal(contents, cache.Read(key));
    }

    [Fact]
    public void KeyDependsOnModuleEngineAndConfiguration()
    {
        string[] keys =
        [
            CompiledCodeCache.Key(ContentHash.Of([1]), "a", "x"),
            CompiledCodeCache.Key(ContentHash.Of([2]), "a", "x"),
            CompiledCodeCache.Key(ContentHash.Of([1]), "b", "x"),
            CompiledCodeCache.Key(ContentHash.Of([1]), "a", "y"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], CompiledCodeCache.Key(ContentHash.Of([1]), "a", "x"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void FolderAndFilesAreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs Unix modes");
        string path = new CompiledCodeCache(Folder).Store("key", [1])!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void DamagedEntryIsMissingAndGone()
    {
        CompiledCodeCache cache = new(Folder);
        string path = cache.Store("key", new byte[1000])!;
        using (FileStream stream = File.OpenWrite(path))
            stream.WriteByte(1);
        Assert.Null(cache.Read("key"));
        Assert.False(cache.TryGet("key", out _));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void TruncatedEntryIsMissing(int length)
    {
        CompiledCodeCache cache = new(Folder);
        string path = cache.Store("key", new byte[1000])!;
        using (FileStream stream = File.OpenWrite(path))
            stream.SetLength(length);
        Assert.False(cache.TryGet("key", out _));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void FileThatOthersMayWriteIsNotTrusted()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs Unix modes");
        CompiledCodeCache cache = new(Folder);
        string path = cache.Store("key", [1])!;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.False(cache.TryGet("key", out _));
    }

    [Fact]
    public void LinkInPlaceOfAnEntryIsNotFollowed()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs symbolic links");
        CompiledCodeCache cache = new(Folder);
        string path = cache.Store("key", [1, 2, 3])!;
        string elsewhere = Path.Combine(_root, "elsewhere");
        File.Move(path, elsewhere);
        File.CreateSymbolicLink(path, elsewhere);
        Assert.Null(cache.Read("key"));
        Assert.False(cache.TryGet("key", out _));
        Assert.True(File.Exists(elsewhere));
    }

    [Fact]
    public void FolderInPlaceOfAnEntryIsMissing()
    {
        CompiledCodeCache cache = new(Folder);
        Assert.True(cache.IsUsable);
        Directory.CreateDirectory(Path.Combine(Folder, "key"));
        Assert.Null(cache.Read("key"));
        Assert.Null(cache.Store("key", [1]));
    }

    [Fact]
    public void FileOfAnotherUserIsNotTrusted()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Assert.Skip("only root gives files away");
        CompiledCodeCache cache = new(Folder);
        string path = cache.Store("key", [1])!;
        using (var chown = System.Diagnostics.Process.Start("chown", ["nobody", path]))
            chown.WaitForExit();
        Assert.Null(cache.Read("key"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void UnfinishedEntriesAreLeftWhileTheyAreYoung()
    {
        CompiledCodeCache cache = new(Folder);
        Assert.True(cache.IsUsable);
        string young = Path.Combine(Folder, "a.1.tmp");
        string old = Path.Combine(Folder, "b.2.tmp");
        File.WriteAllText(young, "half");
        File.WriteAllText(old, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        cache.Store("key", [1]);
        Assert.True(File.Exists(young));
        Assert.False(File.Exists(old));
        Assert.Equal([1], cache.Read("key"));
    }

    [Fact]
    public void AnEntryThatIsUsedOutlivesOneThatIsNot()
    {
        CompiledCodeCache cache = new(Folder, maxBytes: 1000);
        for (int i = 0; i < 2; i++)
            File.SetLastWriteTimeUtc(cache.Store($"key{i}", new byte[400])!, DateTime.UtcNow.AddDays(i - 5));
        Assert.NotNull(cache.Read("key0"));
        cache.Store("key2", new byte[400]);
        Assert.True(cache.TryGet("key0", out _));
        Assert.False(cache.TryGet("key1", out _));
    }

    [Fact]
    public void LinkInPlaceOfTheFolderIsNotUsed()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs symbolic links");
        string elsewhere = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Folder, elsewhere);
        CompiledCodeCache cache = new(Folder);
        Assert.False(cache.IsUsable);
        Assert.Null(cache.Store("key", [1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void FolderOpenToOthersIsClosedFirst()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs Unix modes");
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        Assert.True(new CompiledCodeCache(Folder).IsUsable);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void OldestGoFirstWhenTheBoundIsReached()
    {
        CompiledCodeCache cache = new(Folder, maxBytes: 1000);
        for (int i = 0; i < 3; i++)
        {
            string path = cache.Store($"key{i}", Enumerable.Repeat((byte)i, 400).ToArray())!;
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(i - 5));
        }

        Assert.False(cache.TryGet("key0", out _));
        Assert.True(cache.TryGet("key1", out _));
        Assert.True(cache.TryGet("key2", out _));
        Assert.Null(cache.Store("large", new byte[1001]));
    }

    [Fact]
    public void AnotherEntryOfTheKeyIsReplaced()
    {
        CompiledCodeCache cache = new(Folder);
        cache.Store("key", [1]);
        cache.Store("key", [2]);
        Assert.Equal([2], cache.Read("key"));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void WritersMayRace()
    {
        byte[] contents = new byte[100_000];
        Parallel.For(0, 16, i =>
        {
            CompiledCodeCache cache = new(Folder);
            cache.Store("key", contents);
            byte[]? read = cache.Read("key");
            Assert.True(read is null || read.AsSpan().SequenceEqual(contents));
        });
        Assert.Equal(contents, new CompiledCodeCache(Folder).Read("key"));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void UnusableFolderHoldsNothing()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        CompiledCodeCache cache = new(Path.Combine(file, "cache"));
        Assert.False(cache.IsUsable);
        Assert.Null(cache.Store("key", [1]));
        Assert.False(cache.TryGet("key", out _));
    }
}
