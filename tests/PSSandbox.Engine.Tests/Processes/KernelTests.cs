using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

public sealed class KernelTests
{
    [Fact]
    public void The_process_limit_holds_and_is_recorded()
    {
        var fixture = new KernelFixture(new KernelOptions { MaxProcesses = 3 });
        fixture.Run(p =>
        {
            fixture.Child(p, _ => 0);
            Assert.Equal(Errno.EAGAIN, fixture.Kernel.Fork(p, out Process? none));
            Assert.Null(none);
            return 0;
        });
        Assert.Contains(fixture.Kernel.Violations, v => v is { Kind: "processes", Message: "the limit of 2 processes was reached" });
    }

    [Fact]
    public void Memory_is_charged_refused_and_given_back()
    {
        var fixture = new KernelFixture(new KernelOptions { MaxMemoryBytes = 1000 });
        fixture.Run(p =>
        {
            Assert.True(p.TryChargeMemory(900));
            Assert.False(p.TryChargeMemory(200));
            Assert.Equal(900, fixture.Kernel.Memory.Used);
            return 0;
        });
        Assert.Equal((0, 900), (fixture.Kernel.Memory.Used, fixture.Kernel.Memory.Peak));
        Assert.Contains(fixture.Kernel.Violations, v => v is { Kind: "memory", Message: "the limit of 1000 B of memory was reached" });
    }

    [Fact]
    public void Memory_on_its_way_back_counts_but_is_waited_for()
    {
        var fixture = new KernelFixture(new KernelOptions { MaxMemoryBytes = 1000 });
        var given = new ManualResetEventSlim();
        fixture.Run(p =>
        {
            Assert.True(p.TryChargeMemory(900));
            p.ReturnMemory(900, given.Wait);
            Assert.Equal(0, fixture.Kernel.Memory.Used);
            return 0;
        });
        bool taken = false;
        var next = new Thread(() => taken = fixture.Kernel.Memory.TryCharge(200));
        next.Start();
        Assert.False(next.Join(20));
        given.Set();
        next.Join();
        Assert.True(taken);
        Assert.Equal((200, 900), (fixture.Kernel.Memory.Used, fixture.Kernel.Memory.Peak));
        Assert.Empty(fixture.Kernel.Violations);
        fixture.Kernel.Memory.Release(200);
        fixture.Run(p =>
        {
            // Who is killed does not wait.
            var late = new ManualResetEventSlim();
            Assert.True(p.TryChargeMemory(900));
            p.ReturnMemory(900, late.Wait);
            p.Deliver(Signal.KILL);
            Assert.False(p.TryChargeMemory(200));
            late.Set();
            return 0;
        });
    }

    [Fact]
    public void Memory_that_an_ended_process_still_gives_back_was_given_back()
    {
        var fixture = new KernelFixture();
        fixture.Run(p =>
        {
            Assert.True(p.TryChargeMemory(900));
            p.End(WaitStatus.ForSignal(Signal.KILL));
            p.ReleaseMemory(900);
            Assert.Equal(0, fixture.Kernel.Memory.Used);
            Assert.False(p.TryChargeMemory(100));
            return 0;
        });
        Assert.Equal(0, fixture.Kernel.Memory.Used);
    }

    [Fact]
    public void A_signal_goes_to_a_group()
    {
        var fixture = new KernelFixture();
        Process[] group = new Process[3];
        for (int i = 0; i < group.Length; i++)
        {
            group[i] = fixture.Parent(p =>
            {
                p.Sleep(TimeSpan.FromMinutes(5));
                p.CheckSignals();
                return 0;
            });
            group[i].GroupId = i < 2 ? 77 : 78;
            group[i].Start();
        }

        Assert.Equal(Errno.None, fixture.Kernel.Kill(null, -77, Signal.TERM));
        while (group[0].State != ProcessState.Reaped || group[1].State != ProcessState.Reaped)
            Thread.Yield();
        Assert.NotEqual(ProcessState.Reaped, group[2].State);
        Assert.Equal(Errno.ESRCH, fixture.Kernel.Kill(null, -77, Signal.TERM));
        fixture.Kernel.Shutdown();
        Assert.True(fixture.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData(99999, 15, "ESRCH")]
    [InlineData(1, 9, "None")]
    [InlineData(1, 65, "EINVAL")]
    [InlineData(1, -1, "EINVAL")]
    public void Kill_answers_as_posix_says(int pid, int signal, string expected)
    {
        var fixture = new KernelFixture();
        Assert.Equal(expected, fixture.Kernel.Kill(null, pid, (Signal)signal).ToString());
        Assert.Equal(1, fixture.Kernel.ProcessCount);
    }

    [Fact]
    public void Another_users_process_may_not_be_signalled()
    {
        var fixture = new KernelFixture();
        fixture.Run(root =>
        {
            Process target = fixture.Child(root, _ => 0);
            Process user = fixture.Child(root, p =>
            {
                p.User = new Credentials(1000, 1000);
                return (int)fixture.Kernel.Kill(p, target.Id, Signal.TERM);
            });
            user.RunInline();
            Assert.Equal((int)Errno.EPERM, user.ExitStatus.ShellStatus);
            return 0;
        });
    }

    [Fact]
    public void A_job_holds_all_that_came_from_it_whatever_sessions_it_makes()
    {
        var fixture = new KernelFixture();
        Process outside = fixture.Parent(Sleeper);
        outside.Start();
        Process parent = fixture.Parent(p =>
        {
            Process child = fixture.Child(p, c =>
            {
                c.Kernel.NewSession(c);
                fixture.Child(c, Sleeper).Start();
                return Sleeper(c);
            });
            child.Start();
            return Sleeper(p);
        });
        parent.Job = new Job();
        parent.Start();
        while (parent.Job.ProcessesStarted < 3)
            Thread.Yield();
        fixture.Kernel.Kill(parent.Job);
        while (fixture.Kernel.ProcessCount > 2)
            Thread.Yield();
        Assert.NotEqual(ProcessState.Reaped, outside.State);
        fixture.Kernel.Shutdown();
        Assert.True(fixture.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Nothing_starts_after_a_shutdown()
    {
        var fixture = new KernelFixture();
        fixture.Kernel.Shutdown();
        Assert.Equal(Errno.EAGAIN, fixture.Kernel.Fork(fixture.Kernel.Init, out _));
    }

    [Fact]
    public void Violations_are_bounded()
    {
        var fixture = new KernelFixture();
        for (int i = 0; i < 5000; i++)
            fixture.Kernel.Record("storage", 1, $"number {i}");
        Violation[] kept = fixture.Kernel.Violations;
        Assert.Equal((1000, "number 4000", "number 4999"), (kept.Length, kept[0].Message, kept[^1].Message));
    }

    [Fact]
    public void Violations_since_a_mark_are_those_after_it_also_when_earlier_ones_are_dropped()
    {
        Kernel kernel = new KernelFixture().Kernel;
        kernel.Record("storage", 1, "full");
        kernel.Record("storage", 1, "full");
        long mark = kernel.MarkViolations();
        Assert.Empty(kernel.ViolationsSince(mark));
        kernel.Record("storage", 1, "full");
        Assert.Equal("full", Assert.Single(kernel.ViolationsSince(mark)).Message);
        for (int i = 0; i < 998; i++)
            kernel.Record("storage", 1, $"number {i}");
        Assert.Equal(999, kernel.ViolationsSince(mark).Length);
        for (int i = 0; i < 5000; i++)
            kernel.Record("storage", 1, $"another {i}");
        Assert.Equal(1000, kernel.ViolationsSince(mark).Length);
        Assert.Empty(kernel.ViolationsSince(kernel.MarkViolations()));
    }

    private static int Sleeper(Process p)
    {
        p.Sleep(TimeSpan.FromMinutes(5));
        p.CheckSignals();
        return 0;
    }
}
