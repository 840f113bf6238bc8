using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

public sealed class ProcessTests
{
    private readonly KernelFixture _fixture = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(256, 0)]
    [InlineData(-1, 255)]
    public void The_low_eight_bits_are_the_status(int returned, int status) =>
        Assert.Equal(status, _fixture.Run(_ => returned).ShellStatus);

    [Fact]
    public void A_parent_waits_for_its_children_in_the_order_it_asks()
    {
        Assert.Equal(0, _fixture.Run(parent =>
        {
            Process first = _fixture.Child(parent, _ => 1);
            Process second = _fixture.Child(parent, _ => 2);
            second.Start();
            first.Start();
            Assert.Equal(Errno.None, parent.Wait(first.Id, WaitOptions.None, out Process? who, out WaitStatus status));
            Assert.Equal((first, 1), (who, status.ShellStatus));
            Assert.Equal(Errno.None, parent.Wait(-1, WaitOptions.None, out who, out status));
            Assert.Equal((second, 2), (who, status.ShellStatus));
            Assert.Equal(Errno.ECHILD, parent.Wait(-1, WaitOptions.None, out _, out _));
            Assert.Equal(ProcessState.Reaped, second.State);
            return 0;
        }).ShellStatus);
        Assert.Equal(1, _fixture.Kernel.ProcessCount);
    }

    [Fact]
    public void A_running_child_is_not_waited_for_with_nohang()
    {
        using var go = new ManualResetEventSlim();
        _fixture.Run(parent =>
        {
            Process child = _fixture.Child(parent, _ =>
            {
                go.Wait();
                return 3;
            });
            child.Start();
            Assert.Equal(Errno.None, parent.Wait(child.Id, WaitOptions.NoHang, out Process? who, out _));
            Assert.Null(who);
            go.Set();
            Assert.Equal(Errno.None, parent.Wait(child.Id, WaitOptions.None, out who, out WaitStatus status));
            Assert.Equal(3, status.ShellStatus);
            return 0;
        });
    }

    [Fact]
    public void A_child_inherits_and_changes_only_itself()
    {
        _fixture.Run(parent =>
        {
            parent.Environment = ["A=1"];
            parent.UMask = 63;
            parent.Nice = 5;
            parent.User = new Credentials(7, 8);
            Process child = _fixture.Child(parent, p =>
            {
                Assert.Equal((63, 5, 7, "A=1"), (p.UMask, p.Nice, p.User.UserId, p.Environment[0]));
                p.Environment = [];
                p.UMask = 0;
                return 0;
            });
            child.RunInline();
            Assert.Equal(("A=1", 63), (parent.Environment[0], parent.UMask));
            return 0;
        });
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    [InlineData("USR1", 138)]
    public void A_signal_ends_a_sleeping_process(string name, int status)
    {
        Assert.True(Signals.TryParse(name, out Signal signal));
        Process process = _fixture.Parent(p =>
        {
            Assert.Equal(Errno.EINTR, p.Sleep(TimeSpan.FromMinutes(5)));
            p.CheckSignals();
            return 0;
        });
        process.Start();
        while (process.State != ProcessState.Sleeping)
            Thread.Yield();
        Assert.Equal(Errno.None, _fixture.Kernel.Kill(null, process.Id, signal));
        Assert.True(_fixture.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(20)));
        Assert.Equal(status, process.ExitStatus.ShellStatus);
    }

    [Fact]
    public void An_ignored_signal_does_nothing_and_a_caught_one_waits()
    {
        Assert.Equal(0, _fixture.Run(p =>
        {
            p.SetDisposition(Signal.TERM, SignalDisposition.Ignore);
            p.SetDisposition(Signal.USR1, SignalDisposition.Catch);
            p.Deliver(Signal.TERM);
            Assert.False(p.Attention);
            p.Deliver(Signal.USR1);
            Assert.True(p.Attention);
            Assert.True(p.CheckSignals());
            Assert.Equal(Signal.USR1, p.TakeSignal());
            Assert.Equal(Signal.None, p.TakeSignal());
            Assert.False(p.Attention);
            return 0;
        }).ShellStatus);
    }

    [Fact]
    public void Kill_and_stop_cannot_be_caught() =>
        _fixture.Run(p =>
        {
            Assert.Equal(Errno.EINVAL, p.SetDisposition(Signal.KILL, SignalDisposition.Ignore));
            Assert.Equal(Errno.EINVAL, p.SetDisposition(Signal.STOP, SignalDisposition.Catch));
            return 0;
        });

    [Fact]
    public void A_stopped_process_tells_its_parent_and_goes_on()
    {
        _fixture.Run(parent =>
        {
            Process child = _fixture.Child(parent, p =>
            {
                while (!p.CheckSignals() && p.Sleep(TimeSpan.FromMinutes(5)) == Errno.EINTR)
                    p.SetDisposition(Signal.USR1, SignalDisposition.Catch);
                return 9;
            });
            child.SetDisposition(Signal.USR1, SignalDisposition.Catch);
            child.Start();
            child.Deliver(Signal.STOP);
            Assert.Equal(Errno.None, parent.Wait(child.Id, WaitOptions.Untraced, out _, out WaitStatus status));
            Assert.True(status.Stopped);
            Assert.Equal(Signal.STOP, status.Signal);
            Assert.Equal(ProcessState.Stopped, child.State);
            child.Deliver(Signal.CONT);
            child.Deliver(Signal.USR1);
            Assert.Equal(Errno.None, parent.Wait(child.Id, WaitOptions.None, out _, out status));
            Assert.Equal(9, status.ShellStatus);
            return 0;
        });
    }

    [Fact]
    public void A_process_that_never_began_is_ended_by_a_signal()
    {
        _fixture.Run(parent =>
        {
            Process child = _fixture.Child(parent, _ => throw new InvalidOperationException("it ran"));
            child.Deliver(Signal.TERM);
            Assert.Equal(Errno.None, parent.Wait(child.Id, WaitOptions.None, out _, out WaitStatus status));
            Assert.Equal(143, status.ShellStatus);
            child.RunInline();
            return 0;
        });
    }

    [Fact]
    public void A_parent_in_the_frame_of_its_foreground_child_is_ended_at_once()
    {
        using var running = new ManualResetEventSlim();
        Process parent = _fixture.Parent(p =>
        {
            Process child = _fixture.Child(p, c =>
            {
                running.Set();
                c.Sleep(TimeSpan.FromMinutes(5));
                c.CheckSignals();
                return 0;
            });
            child.RunInline();
            p.CheckSignals();
            return 0;
        });
        parent.Start();
        running.Wait();
        parent.Deliver(Signal.KILL);
        Assert.Equal(137, parent.ExitStatus.ShellStatus);
        Process orphan = Assert.Single(_fixture.Kernel.Processes, p => p != _fixture.Kernel.Init);
        Assert.Equal(_fixture.Kernel.Init, orphan.Parent);
        _fixture.Kernel.Shutdown();
        Assert.True(_fixture.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_defect_in_a_command_ends_that_process_only()
    {
        Assert.Equal(134, _fixture.Run(_ => throw new InvalidOperationException("broken")).ShellStatus);
        Assert.Contains(_fixture.Kernel.Violations, v => v.Kind == "internal" && v.Message.Contains("broken", StringComparison.Ordinal));
        Assert.Equal(0, _fixture.Run(_ => 0).ShellStatus);
    }

    [Fact]
    public void Deep_inline_nesting_moves_to_other_threads()
    {
        int Nest(Process p, int depth)
        {
            if (depth == 0)
                return 5;
            Process child = _fixture.Child(p, c => Nest(c, depth - 1));
            child.RunInline();
            Assert.Equal(Errno.None, p.Wait(child.Id, WaitOptions.None, out _, out WaitStatus status));
            return status.ShellStatus;
        }

        Assert.Equal(5, _fixture.Run(p => Nest(p, 200)).ShellStatus);
    }

    [Fact]
    public void An_alarm_comes_and_can_be_taken_back()
    {
        Assert.Equal(142, _fixture.Run(p =>
        {
            p.SetAlarm(TimeSpan.FromMinutes(1));
            Assert.True(p.SetAlarm(TimeSpan.Zero) > TimeSpan.FromSeconds(50));
            p.SetAlarm(TimeSpan.FromMilliseconds(1));
            p.Sleep(TimeSpan.FromMinutes(5));
            p.CheckSignals();
            return 0;
        }).ShellStatus);
    }

    [Fact]
    public void Cpu_time_is_counted_for_the_process_that_used_it()
    {
        TimeSpan used = default;
        Process parent = _fixture.Parent(p =>
        {
            Process child = _fixture.Child(p, c =>
            {
                while (c.CpuTime < TimeSpan.FromMilliseconds(300))
                    Thread.SpinWait(1000);
                return 0;
            });
            child.RunInline();
            p.Wait(child.Id, WaitOptions.None, out _, out _);
            used = p.ChildrenCpuTime;
            return 0;
        });
        parent.RunInline();
        Assert.True(used >= TimeSpan.FromMilliseconds(300));
        Assert.True(parent.CpuTime < used);
        Assert.True(_fixture.Kernel.CpuTime >= used);
        Assert.Equal(TimeSpan.Zero, _fixture.Kernel.Init.CpuTime);
    }
}
