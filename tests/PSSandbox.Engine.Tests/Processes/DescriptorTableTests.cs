using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

public sealed class DescriptorTableTests
{
    private readonly DescriptorTable _table = new(20);

    [Fact]
    public void The_least_free_number_is_given()
    {
        for (int i = 0; i < 5; i++)
            Assert.Equal((Errno.None, i), (_table.Add(File(), out int n), n));
        _table.Close(2);
        Assert.Equal((Errno.None, 2), (_table.Add(File(), out int again), again));
        Assert.Equal((Errno.None, 10), (_table.Add(File(), out int above, 10), above));
        Assert.Equal(6, _table.Count);
        Assert.Equal([0, 1, 2, 3, 4, 10], _table.Open());
    }

    [Fact]
    public void The_limit_holds()
    {
        for (int i = 0; i < 20; i++)
            Assert.Equal(Errno.None, _table.Add(File(), out _));
        Assert.Equal(Errno.EMFILE, _table.Add(File(), out int none));
        Assert.Equal(-1, none);
        Assert.Equal(Errno.EBADF, _table.Set(20, File()));
        Assert.Equal(Errno.EINVAL, _table.Add(File(), out _, -1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void A_number_that_is_not_open_is_EBADF(int number)
    {
        Assert.Null(_table[number]);
        Assert.Equal(Errno.EBADF, _table.Close(number));
        Assert.Equal(Errno.EBADF, _table.Duplicate(number, 0));
    }

    [Fact]
    public void Duplicates_share_one_description_that_closes_with_the_last()
    {
        OpenFile reader = File();
        _table.Add(reader, out int first);
        Assert.Equal(Errno.None, _table.Duplicate(first, 7));
        Assert.Same(_table[first], _table[7]);
        Assert.Equal(2, reader.References);
        DescriptorTable copy = _table.Clone();
        Assert.Equal(4, reader.References);
        _table.CloseAll();
        copy.Close(7);
        Assert.Equal(1, reader.References);
        copy.CloseAll();
        Assert.Equal(0, reader.References);
    }

    [Fact]
    public void Close_on_exec_is_per_descriptor()
    {
        _table.Add(File(), out int kept);
        _table.Add(File(), out int closed, 0, closeOnExec: true);
        _table.Duplicate(closed, 9);
        Assert.True(_table.IsCloseOnExec(closed));
        Assert.False(_table.IsCloseOnExec(9));
        _table.CloseForExec();
        Assert.Equal([kept, 9], _table.Open());
    }

    private static OpenFile File()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        writer.Release();
        return reader;
    }
}
