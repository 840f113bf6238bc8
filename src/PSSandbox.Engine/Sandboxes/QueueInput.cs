using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>The reader's end of an <see cref="InputQueue"/>: standard input of a process.</summary>
internal sealed class QueueInput(InputQueue queue) : OpenFile(null, OpenFlags.ReadOnly)
{
    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (buffer.Length == 0)
            return Errno.None;
        lock (queue.Gate)
        {
            while (!queue.TryRead(buffer, out count))
            {
                if ((Flags & OpenFlags.NonBlocking) != 0)
                    return Errno.EAGAIN;
                if (caller is null)
                    Monitor.Wait(queue.Gate);
                else if (caller.Block(queue.Gate, -1) == Errno.EINTR)
                    return Errno.EINTR;
            }

            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.Fifo, Mode = 0x180, Links = 1, Inode = 3 };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override PollEvents Poll()
    {
        lock (queue.Gate)
            return queue.IsReadable ? PollEvents.Readable : PollEvents.None;
    }

    /// <inheritdoc/>
    public override IDisposable Watch(object gate) => new Watcher(queue, gate);

    /// <inheritdoc/>
    protected override void OnClose() => queue.Abandon();

    private sealed class Watcher : IDisposable
    {
        private readonly InputQueue _queue;
        private readonly object _gate;

        public Watcher(InputQueue queue, object gate)
        {
            _queue = queue;
            _gate = gate;
            queue.Changed += Pulse;
        }

        public void Dispose() => _queue.Changed -= Pulse;

        private void Pulse()
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        }
    }
}
