using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasi;

namespace PSSandbox.Tests.Wasi;

/// <summary>Preview 1's functions that concern no file: arguments, clocks, waiting, signals; and all of them with bad arguments.</summary>
public sealed class Preview1SystemTests : IDisposable
{
    private const int Result = 64;
    private const int Buffer = 1024;
    private const int Events = 4096;
    private readonly Guest _guest = new();

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void All_46_functions_are_there() =>
        Assert.Equal(46, PSSandbox.Wasi.Preview1.Functions.All.Select(f => f.Name).Distinct().Count());

    [Fact]
    public void Arguments_are_bytes_ended_by_nul()
    {
        _guest.Process.Arguments = ["prog", "", "a\u00ff b"];
        Assert.Equal(Errno.None, _guest.Call("args_sizes_get", Result, Result + 4));
        Assert.Equal((3, 11), (_guest.Int32(Result), _guest.Int32(Result + 4)));
        Assert.Equal(Errno.None, _guest.Call("args_get", Result, Buffer));
        Assert.Equal((Buffer, Buffer + 5, Buffer + 6), (_guest.Int32(Result), _guest.Int32(Result + 4), _guest.Int32(Result + 8)));
        Assert.Equal("prog\0\0a\u00ff b\0", _guest.Text(Buffer, 11));
        Assert.Equal(Errno.EFAULT, _guest.Call("args_get", Result, (TrampolineModule.MemoryPages * 65536) - 5));
    }

    [Fact]
    public void The_environment_is_given()
    {
        _guest.State.Environment = ["A=1", "B="];
        Assert.Equal(Errno.None, _guest.Call("environ_sizes_get", Result, Result + 4));
        Assert.Equal((2, 7), (_guest.Int32(Result), _guest.Int32(Result + 4)));
        Assert.Equal(Errno.None, _guest.Call("environ_get", Result, Buffer));
        Assert.Equal("A=1\0B=\0", _guest.Text(Buffer, 7));
    }

    [Fact]
    public void Clocks_go_forward()
    {
        for (int clock = 0; clock < 4; clock++)
        {
            Assert.Equal(Errno.None, _guest.Call("clock_time_get", clock, 1, Result));
            long first = _guest.Int64(Result);
            Assert.Equal(Errno.None, _guest.Call("clock_time_get", clock, 1, Result));
            Assert.True(_guest.Int64(Result) >= first);
            Assert.Equal(Errno.None, _guest.Call("clock_res_get", clock, Result));
            Assert.True(_guest.Int64(Result) > 0);
        }

        Assert.Equal(Errno.EINVAL, _guest.Call("clock_time_get", 4, 1, Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("clock_res_get", -1, Result));
    }

    [Fact]
    public void Random_bytes_differ()
    {
        Assert.Equal(Errno.None, _guest.Call("random_get", Buffer, 32));
        string first = _guest.Text(Buffer, 32);
        Assert.Equal(Errno.None, _guest.Call("random_get", Buffer, 32));
        Assert.NotEqual(first, _guest.Text(Buffer, 32));
        Assert.Equal(Errno.EFAULT, _guest.Call("random_get", Buffer, -1));
        Assert.Equal(Errno.None, _guest.Call("sched_yield"));
    }

    [Fact]
    public void Proc_exit_unwinds_with_the_status()
    {
        ProcessExitException exit = Assert.Throws<ProcessExitException>(() => _guest.CallRaw("proc_exit", 42));
        Assert.Equal(42, exit.Status.ShellStatus);
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(9, 9)]
    [InlineData(23, 24)]
    public void Proc_raise_ends_by_the_signal(int number, int signal)
    {
        ProcessExitException exit = Assert.Throws<ProcessExitException>(() => _guest.CallRaw("proc_raise", number));
        Assert.Equal(WaitStatus.ForSignal((Signal)signal), exit.Status);
    }

    [Fact]
    public void Proc_raise_of_what_is_no_signal()
    {
        Assert.Equal(Errno.EINVAL, _guest.Call("proc_raise", 31));
        Assert.Equal(Errno.None, _guest.Call("proc_raise", 0));
    }

    private void Clock(int index, long userData, int clock, long timeout, int flags)
    {
        Span<byte> subscription = _guest.Memory[(Buffer + index * 48)..];
        subscription[..48].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(subscription, userData);
        BinaryPrimitives.WriteInt32LittleEndian(subscription[16..], clock);
        BinaryPrimitives.WriteInt64LittleEndian(subscription[24..], timeout);
        BinaryPrimitives.WriteInt16LittleEndian(subscription[40..], (short)flags);
    }

    private void Descriptor(int index, long userData, int tag, int descriptor)
    {
        Span<byte> subscription = _guest.Memory[(Buffer + index * 48)..];
        subscription[..48].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(subscription, userData);
        subscription[8] = (byte)tag;
        BinaryPrimitives.WriteInt32LittleEndian(subscription[16..], descriptor);
    }

    [Fact]
    public void Poll_waits_for_a_time()
    {
        long before = _guest.System.Kernel.Clock.UptimeNanoseconds;
        Clock(0, 77, 1, 20_000_000, 0);
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        Assert.Equal(1, _guest.Int32(Result));
        Assert.Equal((77, 0), (_guest.Int64(Events), _guest.Int32(Events + 8)));
        Assert.True(_guest.System.Kernel.Clock.UptimeNanoseconds - before >= 20_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Poll_waits_for_a_moment_of_a_clock(int clock)
    {
        long Now() => clock == 0 ? _guest.System.Kernel.Clock.RealNanoseconds : _guest.System.Kernel.Clock.UptimeNanoseconds;
        long moment = Now() + 20_000_000;
        Clock(0, 77, clock, moment, 1);
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        Assert.Equal((1, 77, 0), (_guest.Int32(Result), _guest.Int64(Events), _guest.Int32(Events + 8)));
        Assert.True(Now() >= moment);

        // One that has passed is there at once, and needs no moment in which the clock stands still.
        Clock(0, 78, clock, 1, 1);
        Clock(1, 79, 1, long.MaxValue, 0);
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 2, Result));
        Assert.Equal((1, 78), (_guest.Int32(Result), _guest.Int64(Events)));
    }

    [Fact]
    public void Poll_tells_of_ready_descriptors_at_once()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _guest.Process.Descriptors.Set(0, reader);
        _guest.Process.Descriptors.Set(1, writer);
        Clock(0, 1, 1, long.MaxValue, 0);
        Descriptor(1, 2, 1, 0);
        Descriptor(2, 3, 2, 1);
        Descriptor(3, 4, 1, 99);
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 4, Result));
        Assert.Equal(2, _guest.Int32(Result));
        Assert.Equal(3, _guest.Int64(Events));
        Assert.Equal(4, _guest.Int64(Events + 32));
        Assert.Equal((int)Errno.EBADF, BinaryPrimitives.ReadUInt16LittleEndian(_guest.Memory[(Events + 40)..]));
    }

    [Fact]
    public void Poll_is_woken_by_another_thread()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _guest.Process.Descriptors.Set(0, reader);
        Descriptor(0, 9, 1, 0);
        var other = new Thread(() =>
        {
            Thread.Sleep(30);
            writer.Write("x"u8, null, out _);
        });
        other.Start();
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        Assert.Equal(9, _guest.Int64(Events));
        other.Join();
        writer.Release();
    }

    [Fact]
    public void Poll_is_interrupted_by_a_signal()
    {
        Clock(0, 1, 1, long.MaxValue, 0);
        var other = new Thread(() =>
        {
            Thread.Sleep(30);
            _guest.Process.Deliver(Signal.TERM);
        });
        _guest.Process.SetDisposition(Signal.TERM, SignalDisposition.Catch);
        other.Start();
        Assert.Equal(Errno.EINTR, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        other.Join();
    }

    [Fact]
    public void Poll_refuses_what_makes_no_sense()
    {
        Assert.Equal(Errno.EINVAL, _guest.Call("poll_oneoff", Buffer, Events, 0, Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("poll_oneoff", Buffer, Events, -1, Result));
        Assert.Equal(Errno.EFAULT, _guest.Call("poll_oneoff", -48, Events, 1, Result));
        Descriptor(0, 9, 3, 0);
        Assert.Equal(Errno.EINVAL, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        Clock(0, 5, 17, 0, 0);
        Assert.Equal(Errno.None, _guest.Call("poll_oneoff", Buffer, Events, 1, Result));
        Assert.Equal((int)Errno.EINVAL, BinaryPrimitives.ReadUInt16LittleEndian(_guest.Memory[(Events + 8)..]));
    }

    [Theory]
    [InlineData("wasi_snapshot_preview1")]
    [InlineData("wasi_unstable")]
    [InlineData("pssandbox")]
    public void Any_arguments_give_an_error_and_nothing_worse(string module)
    {
        ImportFunction[] functions = module switch
        {
            "wasi_unstable" => PSSandbox.Wasi.Snapshot0.Functions.All,
            "pssandbox" => PSSandbox.Wasi.SystemCalls.Functions.All,
            _ => PSSandbox.Wasi.Preview1.Functions.All,
        };
        using var guest = new Guest(module);
        var random = new Random(20);
        long[] interesting = [0, 1, 2, 3, 4, 5, 8, 100, 1023, 1024, 4096, 65535, 65536, 262_140, 262_144, int.MaxValue, -1, -2, -8, int.MinValue, long.MaxValue, long.MinValue];
        guest.Open("/tmp", OpenFlags.ReadOnly | OpenFlags.Directory);
        guest.System.Write("/tmp/f", "content");
        guest.Open("/tmp/f", OpenFlags.ReadWrite);
        foreach (ImportFunction function in functions)
        {
            if (function.Name is "proc_exit" or "kill" or "proc_raise")
                continue;
            for (int round = 0; round < 200; round++)
            {
                long[] arguments = new long[function.Type.Parameters.Length];
                for (int i = 0; i < arguments.Length; i++)
                    arguments[i] = interesting[random.Next(interesting.Length)];
                random.NextBytes(guest.Memory.Slice(random.Next(1, 4) * 1024, 64));
                if (function.Name == "poll_oneoff")
                    guest.Memory.Clear();
                int result = guest.CallRaw(function.Name, arguments);
                if (module != "pssandbox")
                    Assert.InRange(result, 0, 76);
                else
                    Assert.True(result >= -76);
            }
        }
    }
}
