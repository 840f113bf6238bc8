namespace PSSandbox.Processes;

/// <summary>
/// The threads that processes run on: kept for the next one, so that starting a process starts no thread as a rule.
/// Their stacks are large (reserved, committed as touched) because interpreters recurse; depth is counted all the same.
/// </summary>
internal static class ProcessThreads
{
    /// <summary>Stack of each thread, in bytes.</summary>
    public const int StackBytes = 16 << 20;

    private const int MaxIdle = 32;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly Stack<Worker> Idle = new();
    private static readonly Lock Gate = new();
    private static int _count;

    /// <summary>How many threads there are now, busy or idle.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>Runs an action, which must not throw, on a thread of its own.</summary>
    public static void Run(Action action)
    {
        Worker? worker;
        lock (Gate)
            Idle.TryPop(out worker);
        if (worker is null)
        {
            worker = new Worker(action);
            Interlocked.Increment(ref _count);
            worker.Start();
        }
        else
        {
            worker.Wake(action);
        }
    }

    private sealed class Worker(Action first)
    {
        private readonly object _gate = new();
        private Action? _action = first;

        public void Start() =>
            new Thread(Loop, StackBytes) { IsBackground = true, Name = "sandbox process" }.Start();

        public void Wake(Action action)
        {
            lock (_gate)
            {
                _action = action;
                Monitor.Pulse(_gate);
            }
        }

        private void Loop()
        {
            while (true)
            {
                _action!();
                _action = null;
                lock (Gate)
                {
                    if (Idle.Count >= MaxIdle)
                        break;
                    Idle.Push(this);
                }

                if (!AwaitWork())
                    break;
            }

            Interlocked.Decrement(ref _count);
        }

        /// <summary>Waits for work; after a long wait the thread retires, unless work came at that moment.</summary>
        private bool AwaitWork()
        {
            lock (_gate)
            {
                while (_action is null)
                {
                    if (!Monitor.Wait(_gate, IdleTime) && _action is null && Retire())
                        return false;
                }

                return true;
            }
        }

        private bool Retire()
        {
            lock (Gate)
            {
                Worker[] others = [.. Idle];
                if (!others.Contains(this))
                    return false;
                Idle.Clear();
                for (int i = others.Length - 1; i >= 0; i--)
                {
                    if (others[i] != this)
                        Idle.Push(others[i]);
                }

                return true;
            }
        }
    }
}
