using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

/// <summary>Deadlines come in their order, can be moved and taken back, and they outlive an action that fails.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void They_come_in_the_order_in_which_they_are_due()
    {
        List<string> order = [];
        using var all = new CountdownEvent(3);
        using (Hold())
        {
            var moved = new Deadline(() => Note("moved"), TimeSpan.FromHours(1));
            _ = new Deadline(() => Note("first"), TimeSpan.Zero);
            _ = new Deadline(() => Note("second"), TimeSpan.Zero);
            moved.Change(TimeSpan.Zero);
        }

        Assert.True(all.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(["first", "second", "moved"], order);

        void Note(string name)
        {
            order.Add(name);
            all.Signal();
        }
    }

    [Fact]
    public void One_that_was_taken_back_or_moved_away_does_not_come()
    {
        bool came = false;
        using var last = new ManualResetEventSlim();
        using var moved = new Deadline(() => came = true);
        using (Hold())
        {
            moved.Change(TimeSpan.Zero);
            var gone = new Deadline(() => came = true, TimeSpan.Zero);
            _ = new Deadline(last.Set, TimeSpan.Zero);
            gone.Dispose();
            gone.Change(TimeSpan.Zero);
            moved.Change(TimeSpan.FromHours(1));
        }

        Assert.True(last.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.False(came);
    }

    [Fact]
    public void One_may_set_itself_again_and_one_that_fails_leaves_the_others()
    {
        int times = 0;
        using var done = new ManualResetEventSlim();
        using var failing = new Deadline(static () => throw new InvalidOperationException("on purpose"), TimeSpan.Zero);
        Deadline? again = null;
        again = new Deadline(() =>
        {
            if (++times == 3)
                done.Set();
            else
                again!.Change(TimeSpan.FromMilliseconds(1));
        });
        again.Change(TimeSpan.Zero);
        Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));
        again.Dispose();
    }

    // Until it is disposed nothing that is due is done.
    private static Held Hold()
    {
        var held = new Held();
        _ = new Deadline(held.Stay, TimeSpan.Zero);
        held.Begun.Wait(TestContext.Current.CancellationToken);
        return held;
    }

    private sealed class Held : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        public ManualResetEventSlim Begun { get; } = new();

        public void Stay()
        {
            Begun.Set();
            _end.Wait(Patience);
        }

        public void Dispose() => _end.Set();
    }
}
