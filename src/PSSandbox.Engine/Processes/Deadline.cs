using System.Diagnostics;

namespace PSSandbox.Processes;

/// <summary>
/// A moment at which something is done once. All are kept by one thread of their own: what ends a guest must not wait for the
/// thread pool, which the work of a host may fill.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly object Gate = new();

    private static readonly SortedSet<Deadline> Waiting = new(Comparer<Deadline>.Create(
        static (a, b) => a._due != b._due ? a._due.CompareTo(b._due) : a._number.CompareTo(b._number)));

    private static long _made;
    private static bool _runs;

    private readonly Action _action;
    private readonly long _number = Interlocked.Increment(ref _made);
    private long _due;
    private bool _disposed;

    /// <summary>For an action, which must take no more than some milliseconds: <see cref="Change"/> says when.</summary>
    public Deadline(Action action) => _action = action;

    /// <summary>Has an action done after a time.</summary>
    public Deadline(Action action, TimeSpan time)
        : this(action) => Change(time);

    /// <summary>Has it done after a time from now, instead of when it was to be, or again.</summary>
    public void Change(TimeSpan time)
    {
        lock (Gate)
        {
            if (_disposed)
                return;
            Waiting.Remove(this);
            _due = Stopwatch.GetTimestamp() + (long)(Math.Max(time.TotalSeconds, 0) * Stopwatch.Frequency);
            Waiting.Add(this);
            if (!_runs)
            {
                _runs = true;
                new Thread(Run) { IsBackground = true, Name = "sandbox deadlines", Priority = ThreadPriority.Highest }.Start();
            }
            else if (Waiting.Min == this)
            {
                Monitor.Pulse(Gate);
            }
        }
    }

    /// <summary>It is not done any more, unless it is being done now.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            _disposed = true;
            Waiting.Remove(this);
        }
    }

    private static void Run()
    {
        while (Next() is { } due)
        {
            try
            {
                due._action();
            }
            catch (Exception)
            {
                // Whoever is told of what a limit has ended may fail; the limits of others hold.
            }
        }
    }

    /// <summary>Waits for the next that is due; null when there has been none for some time.</summary>
    private static Deadline? Next()
    {
        lock (Gate)
        {
            while (true)
            {
                if (Waiting.Min is not { } first)
                {
                    if (Monitor.Wait(Gate, IdleTime) || Waiting.Count > 0)
                        continue;
                    _runs = false;
                    return null;
                }

                TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), first._due);
                if (left <= TimeSpan.Zero)
                {
                    Waiting.Remove(first);
                    return first;
                }

                // To whole milliseconds, upwards.
                Monitor.Wait(Gate, (int)Math.Ceiling(Math.Min(left.TotalMilliseconds, LongestWait.TotalMilliseconds)));
            }
        }
    }
}
