using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class DeviceTests
{
    private static readonly Image Base = new ImageBuilder().AddBaseFiles().Build();

    private static OpenFile Open(string path, OpenFlags flags = OpenFlags.ReadWrite)
    {
        var tree = new Tree(new MemoryFileSystem(new StorageAccount(), Base));
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, path, flags, 0, out OpenFile? file));
        return file!;
    }

    [Theory]
    [InlineData("/dev/null", 0, "None")]
    [InlineData("/dev/zero", 100, "None")]
    [InlineData("/dev/full", 100, "ENOSPC")]
    [InlineData("/dev/random", 100, "None")]
    [InlineData("/dev/urandom", 100, "None")]
    public void Devices_read_and_write_as_on_Linux(string path, int expected, string writing)
    {
        OpenFile file = Open(path);
        byte[] buffer = new byte[100];
        buffer.AsSpan().Fill(0xaa);
        Assert.Equal(Errno.None, file.Read(buffer, null, out int count));
        Assert.Equal(expected, count);
        Assert.Equal(expected == 0, Array.TrueForAll(buffer, b => b == 0xaa));
        if (path is "/dev/zero" or "/dev/full")
            Assert.All(buffer, b => Assert.Equal(0, b));
        Assert.Equal(writing, file.Write(buffer, null, out count).ToString());
        Assert.Equal(writing == "None" ? 100 : 0, count);
        Assert.Equal(Errno.None, file.ReadAt(buffer, 1000, out count));
        Assert.Equal(expected, count);
        Assert.Equal(Errno.None, file.Seek(5, SeekOrigin.Begin, out long position));
        Assert.Equal(0, position);
        file.Release();
        Assert.Equal(Errno.EBADF, Open(path, OpenFlags.ReadOnly).Write(buffer, null, out _));
        Assert.Equal(Errno.EBADF, Open(path, OpenFlags.WriteOnly).Read(buffer, null, out _));
    }

    [Fact]
    public void Truncation_on_opening_leaves_a_device_alone() => Open("/dev/null", OpenFlags.WriteOnly | OpenFlags.Truncate | OpenFlags.Create).Release();

    [Theory]
    [InlineData(0x400)]
    [InlineData(0x800)]
    [InlineData(0x101)]
    public void Numbers_without_a_device_open_nothing(int device)
    {
        var tree = new Tree(new MemoryFileSystem(new StorageAccount(), Base));
        foreach (FileType type in new[] { FileType.CharacterDevice, FileType.BlockDevice, FileType.Socket })
        {
            Assert.Equal(Errno.None, tree.Files.MakeNode(tree.Context, $"/tmp/{type}", type, 0x1ff, (ulong)device));
            Assert.Equal(Errno.ENXIO, tree.Files.Open(tree.Context, $"/tmp/{type}", OpenFlags.ReadOnly, 0, out _));
        }
    }

    [Fact]
    public void Without_a_controlling_terminal_there_is_no_tty()
    {
        var tree = new Tree(new MemoryFileSystem(new StorageAccount(), Base));
        Assert.Equal(Errno.ENXIO, tree.Files.Open(tree.Context, "/dev/tty", OpenFlags.ReadWrite, 0, out _));
    }

    [Fact]
    public void Random_bytes_come_from_the_given_source()
    {
        var memory = new MemoryFileSystem(new StorageAccount(), Base) { Devices = new DeviceTable(span => span.Fill(4)) };
        var tree = new Tree(memory);
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/dev/urandom", OpenFlags.ReadOnly, 0, out OpenFile? file));
        byte[] buffer = new byte[3];
        file!.Read(buffer, null, out _);
        Assert.Equal([4, 4, 4], buffer);
        file.Release();
    }
}
