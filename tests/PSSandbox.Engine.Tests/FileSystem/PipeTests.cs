using System.Security.Cryptography;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.FileSystem;

public sealed class PipeTests
{
    /// <summary>A caller that a test can interrupt.</summary>
    private sealed class Caller : IBlockingCaller
    {
        private volatile bool _interrupted;
        private volatile object? _gate;

        public bool IsWaiting => _gate is not null;

        public Errno Block(object gate, int millisecondsTimeout)
        {
            if (_interrupted)
                return Errno.EINTR;
            _gate = gate;
            bool pulsed = Monitor.Wait(gate, millisecondsTimeout);
            _gate = null;
            return _interrupted ? Errno.EINTR : pulsed ? Errno.None : Errno.ETIMEDOUT;
        }

        public void Interrupt()
        {
            _interrupted = true;
            if (_gate is { } gate)
            {
                lock (gate)
                    Monitor.PulseAll(gate);
            }
        }
    }

    [Fact]
    public void Bytes_come_out_as_they_went_in_whatever_the_sizes()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        const int Total = 3_000_000;
        byte[] sent = new byte[Total];
        new Random(3).NextBytes(sent);
        var thread = new Thread(() =>
        {
            var random = new Random(1);
            for (int at = 0; at < Total;)
            {
                int size = Math.Min(Total - at, random.Next(1, random.Next(2) == 0 ? 10_000 : 200_000));
                Assert.Equal(Errno.None, writer.Write(sent.AsSpan(at, size), null, out int count));
                Assert.Equal(size, count);
                at += size;
            }

            writer.Release();
        });
        thread.Start();
        var received = new MemoryStream();
        var sizes = new Random(2);
        byte[] buffer = new byte[100_000];
        while (true)
        {
            Assert.Equal(Errno.None, reader.Read(buffer.AsSpan(0, sizes.Next(1, buffer.Length)), null, out int count));
            if (count == 0)
                break;
            received.Write(buffer, 0, count);
        }

        thread.Join();
        reader.Release();
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    [Fact]
    public void Small_writes_of_several_writers_are_never_mixed()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        var threads = Enumerable.Range(0, 3).Select(t => new Thread(() =>
        {
            byte[] record = new byte[Pipe.AtomicSize];
            record.AsSpan().Fill((byte)('a' + t));
            for (int i = 0; i < 200; i++)
                Assert.Equal(Errno.None, writer.Write(record, null, out _));
            writer.Release();
        })).ToArray();
        writer.AddReference();
        writer.AddReference();
        Array.ForEach(threads, t => t.Start());
        byte[] buffer = new byte[Pipe.AtomicSize];
        int records = 0;
        while (true)
        {
            int have = 0;
            int count;
            do
            {
                Assert.Equal(Errno.None, reader.Read(buffer.AsSpan(have), null, out count));
                have += count;
            }
            while (count > 0 && have < buffer.Length);
            if (have == 0)
                break;
            Assert.Equal(-1, buffer.AsSpan().IndexOfAnyExcept(buffer[0]));
            records++;
        }

        Assert.Equal(600, records);
        Array.ForEach(threads, t => t.Join());
        reader.Release();
    }

    [Fact]
    public void Without_blocking_both_ends_say_again()
    {
        Pipe pipe = Pipe.Create(out PipeReader reader, out PipeWriter writer, OpenFlags.NonBlocking);
        byte[] buffer = new byte[100_000];
        Assert.Equal(Errno.EAGAIN, reader.Read(buffer, null, out _));
        Assert.Equal(PollEvents.None, reader.Poll());
        Assert.Equal(PollEvents.Writable, writer.Poll());
        Assert.Equal(Errno.None, writer.Write(buffer, null, out int count));
        Assert.Equal(Pipe.Capacity, count);
        Assert.Equal(Errno.EAGAIN, writer.Write(buffer, null, out count));
        Assert.Equal(PollEvents.None, writer.Poll());
        Assert.Equal(PollEvents.Readable, reader.Poll());
        Assert.Equal(Errno.None, reader.Read(buffer.AsSpan(0, 100), null, out count));
        Assert.Equal(Errno.EAGAIN, writer.Write(buffer.AsSpan(0, 101), null, out count));
        Assert.Equal(Errno.None, writer.Write(buffer.AsSpan(0, 100), null, out count));
        Assert.Equal(Pipe.Capacity, pipe.Count);
        reader.Release();
        Assert.Equal(PollEvents.Writable | PollEvents.Error, writer.Poll());
        Assert.Equal(Errno.EPIPE, writer.Write(buffer, null, out count));
        writer.Release();
        Assert.Equal(0, pipe.Count);
    }

    [Fact]
    public void The_end_is_told_once_the_pipe_is_empty()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        writer.Write("rest"u8, null, out _);
        writer.Release();
        Assert.Equal(PollEvents.Readable | PollEvents.HangUp, reader.Poll());
        byte[] buffer = new byte[10];
        Assert.Equal(Errno.None, reader.Read(buffer, null, out int count));
        Assert.Equal(4, count);
        Assert.Equal(Errno.None, reader.Read(buffer, null, out count));
        Assert.Equal(0, count);
        Assert.Equal(Errno.ESPIPE, reader.Seek(0, SeekOrigin.Begin, out _));
        Assert.Equal(Errno.EBADF, reader.Write(buffer, null, out _));
        Assert.Equal(Errno.None, reader.GetStatus(out FileStatus status));
        Assert.Equal(FileType.Fifo, status.Type);
        reader.Release();
    }

    [Fact]
    public void Waiting_ends_when_the_other_end_closes_or_a_signal_comes()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        var caller = new Caller();
        Errno got = Errno.None;
        var thread = new Thread(() => got = reader.Read(new byte[1], caller, out _));
        thread.Start();
        SpinWait.SpinUntil(() => caller.IsWaiting);
        caller.Interrupt();
        thread.Join();
        Assert.Equal(Errno.EINTR, got);

        // A writer that wrote something before the signal tells how much.
        var second = new Caller();
        int count = 0;
        thread = new Thread(() => got = writer.Write(new byte[Pipe.Capacity + 1], second, out count));
        thread.Start();
        SpinWait.SpinUntil(() => second.IsWaiting);
        second.Interrupt();
        thread.Join();
        Assert.Equal((Errno.None, Pipe.Capacity), (got, count));

        var third = new Caller();
        thread = new Thread(() => got = writer.Write(new byte[10], third, out count));
        thread.Start();
        SpinWait.SpinUntil(() => third.IsWaiting);
        reader.Release();
        thread.Join();
        Assert.Equal(Errno.EPIPE, got);
        writer.Release();
    }

    [Fact]
    public void Before_a_writer_waits_the_deferred_reader_is_started()
    {
        Pipe pipe = Pipe.Create(out PipeReader reader, out PipeWriter writer);
        int started = 0;
        long total = 0;
        Thread? thread = null;
        pipe.OnFull = () =>
        {
            started++;
            Assert.False(Monitor.IsEntered(pipe));
            thread = new Thread(() => total = Tree.ReadToEnd(reader).Length);
            thread.Start();
        };
        Assert.Equal(Errno.None, writer.Write(new byte[Pipe.Capacity], null, out _));
        Assert.Equal(0, started);
        Assert.Equal(Errno.None, writer.Write(new byte[300_000], null, out int count));
        Assert.Equal(300_000, count);
        writer.Release();
        thread!.Join();
        Assert.Equal(1, started);
        Assert.Equal(Pipe.Capacity + 300_000, total);
    }

    /// <summary>A process's account as the kernel has it.</summary>
    private sealed class Owner(MemoryAccount account) : IBlockingCaller, IMemoryOwner
    {
        public IMemoryAccount Memory => account;

        public Errno Block(object gate, int millisecondsTimeout) => Monitor.Wait(gate, millisecondsTimeout) ? Errno.None : Errno.ETIMEDOUT;
    }

    [Theory]
    [InlineData(1 << 20, 65536)]
    [InlineData(20_000, 16384)]
    [InlineData(4096, 4096)]
    [InlineData(4095, 0)]
    public void What_a_pipe_holds_is_counted_and_bounded(int limit, int expected)
    {
        var account = new MemoryAccount(limit);
        var owner = new Owner(account);
        Pipe.Create(out PipeReader reader, out PipeWriter writer, OpenFlags.NonBlocking);
        Errno errno = writer.Write(new byte[100_000], owner, out int count);
        Assert.Equal(expected == 0 ? Errno.ENOMEM : Errno.None, errno);
        Assert.Equal((expected, (long)expected), (count, account.Used));
        if (expected > 0)
        {
            Assert.Equal(Errno.EAGAIN, writer.Write(new byte[1], owner, out _));
            Assert.Equal(PollEvents.None, writer.Poll());
            byte[] buffer = new byte[100_000];
            Assert.Equal(Errno.None, reader.Read(buffer, owner, out count));
            Assert.Equal(expected, count);
            Assert.Equal(PollEvents.Writable, writer.Poll());
            Assert.Equal(Errno.None, writer.Write(new byte[Pipe.AtomicSize], owner, out count));
            Assert.Equal(Pipe.AtomicSize, count);
        }

        // More than it may hold goes through a small pipe as well, piece by piece.
        reader.Release();
        writer.Release();
        Assert.Equal(0, account.Used);
        if (expected == 0)
            return;
        Pipe.Create(out reader, out writer);
        string text = "";
        var thread = new Thread(() => text = Tree.ReadToEnd(reader));
        thread.Start();
        Assert.Equal(Errno.None, writer.Write(new byte[300_000], owner, out count));
        writer.Release();
        thread.Join();
        reader.Release();
        Assert.Equal((300_000, 300_000), (count, text.Length));
        Assert.Equal(0, account.Used);
    }

    [Fact]
    public void Who_watches_is_told()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        object gate = new();
        using IDisposable watch = reader.Watch(gate)!;
        bool ready = false;
        var thread = new Thread(() =>
        {
            lock (gate)
            {
                while ((reader.Poll() & PollEvents.Readable) == 0)
                    Monitor.Wait(gate);
                ready = true;
            }
        });
        thread.Start();
        writer.Write("x"u8, null, out _);
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
        Assert.True(ready);
    }

    [Fact]
    public void A_fifo_joins_those_who_open_it()
    {
        var tree = new Tree();
        Assert.Equal(Errno.None, tree.Files.MakeNode(tree.Context, "/p", FileType.Fifo, 0x180, 0));
        Assert.Equal(Errno.ENXIO, tree.Files.Open(tree.Context, "/p", OpenFlags.WriteOnly | OpenFlags.NonBlocking, 0, out _));
        string text = "";
        var thread = new Thread(() => text = tree.Read("/p"));
        thread.Start();
        tree.Write("/p", "through the fifo");
        thread.Join();
        Assert.Equal("through the fifo", text);

        // Both ways never waits, and a signal ends the waiting of one.
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/p", OpenFlags.ReadWrite, 0, out OpenFile? both));
        Assert.Equal(Errno.None, both!.Write("loop"u8, null, out _));
        byte[] buffer = new byte[10];
        Assert.Equal(Errno.None, both.Read(buffer, null, out int count));
        Assert.Equal(4, count);
        both.Release();
        var caller = new Caller();
        Errno got = Errno.None;
        thread = new Thread(() => got = tree.Files.Open(tree.Context with { Caller = caller }, "/p", OpenFlags.ReadOnly, 0, out _));
        thread.Start();
        SpinWait.SpinUntil(() => caller.IsWaiting);
        caller.Interrupt();
        thread.Join();
        Assert.Equal(Errno.EINTR, got);
        Assert.Equal(Errno.ENXIO, tree.Files.Open(tree.Context, "/p", OpenFlags.WriteOnly | OpenFlags.NonBlocking, 0, out _));
        tree.Files.Remove(tree.Context, "/p");
        Assert.Equal(0, tree.Account.Nodes);
    }
}
