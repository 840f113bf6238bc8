using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

/// <summary>Deadlines come in their order, can be moved and taken back, and outlive an action that fails.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void They_come_in_their_order()
    {
        List<int> order = [];
        using var all = new CountdownEvent(5);
        Deadline[] deadlines = [.. new[] { 120, 20, 80, 20, 60 }.Select((milliseconds, i) => new Deadline(() => Note(i), TimeSpan.FromMilliseconds(milliseconds)))];
        Assert.True(all.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal([1, 3, 4, 2, 0], order);
        foreach (Deadline deadline in deadlines)
            deadline.Dispose();

        void Note(int i)
        {
            order.Add(i);
            all.Signal();
        }
    }

    [Fact]
    public void One_that_was_taken_back_or_moved_away_does_not_come()
    {
        bool came = false;
        using var moved = new Deadline(() => came = true, TimeSpan.FromMilliseconds(20));
        new Deadline(() => came = true, TimeSpan.FromMilliseconds(20)).Dispose();
        moved.Change(TimeSpan.FromHours(1));
        using var later = new ManualResetEventSlim();
        using var last = new Deadline(later.Set, TimeSpan.FromMilliseconds(60));
        Assert.True(later.Wait(Patience, TestContext.Current.CancellationToken));
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
}
