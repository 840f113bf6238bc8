using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>poll_oneoff: waits until a time has come, or a descriptor is ready (poll, nanosleep).</summary>
internal static class PollOneoff
{
    /// <summary>Most subscriptions of one call.</summary>
    private const int MaxSubscriptions = 4096;

    private const int EventSize = 32;
    private const int TagOffset = 8;
    private const int DescriptorOffset = 16;
    private const int ClockTag = 0;
    private const int ReadTag = 1;
    private const int WriteTag = 2;
    private const int AbsoluteTime = 1;
    private const int HangUp = 1;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("poll_oneoff", "iiii", Call, mayBlock: true);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        Poll(process, memory, arguments, subscriptionSize: 48, clockOffset: 16);

    /// <summary>The call for a layout of subscriptions.</summary>
    /// <param name="process">Who waits.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="arguments">Subscriptions, events, number of subscriptions, where to write the number of events.</param>
    /// <param name="subscriptionSize">Size of a subscription, in bytes.</param>
    /// <param name="clockOffset">Where in it a clock's number is; its time comes 8 bytes after, its flags 24.</param>
    internal static Errno Poll(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments, int subscriptionSize, int clockOffset)
    {
        int count = arguments[2].I32;
        if (count is <= 0 or > MaxSubscriptions)
            return Errno.EINVAL;
        if (!memory.TrySlice(arguments[0].I32, count * subscriptionSize, out Span<byte> input)
            || !memory.TrySlice(arguments[1].I32, count * EventSize, out Span<byte> output)
            || !memory.TrySlice(arguments[3].I32, sizeof(int), out Span<byte> number))
        {
            return Errno.EFAULT;
        }

        var poll = new Subscriptions(process.Process, input, output, subscriptionSize, clockOffset);
        Errno error = poll.Wait(out int events);
        if (error == Errno.None)
            BinaryPrimitives.WriteInt32LittleEndian(number, events);
        return error;
    }

    private readonly ref struct Subscriptions(Process process, Span<byte> input, Span<byte> output, int size, int clockOffset)
    {
        private readonly Span<byte> _input = input;
        private readonly Span<byte> _output = output;

        /// <summary>Waits for the first event and writes all that there are then.</summary>
        public Errno Wait(out int events)
        {
            events = 0;
            long start = process.Kernel.Clock.UptimeNanoseconds;
            Errno error = Check();
            if (error != Errno.None)
                return error;
            object gate = new();
            List<IDisposable>? watches = null;
            try
            {
                lock (gate)
                {
                    while (true)
                    {
                        long now = process.Kernel.Clock.UptimeNanoseconds;
                        events = WriteEvents(start, now);
                        if (events > 0)
                            return Errno.None;
                        if (watches is null)
                        {
                            watches = [];
                            Watch(gate, watches);
                            continue;
                        }

                        long due = FindDue(start, now);
                        long left = due == long.MaxValue ? -1 : Math.Min((due - now + 999_999) / 1_000_000, int.MaxValue);
                        if (process.Block(gate, (int)left) == Errno.EINTR)
                            return Errno.EINTR;
                    }
                }
            }
            finally
            {
                foreach (IDisposable watch in watches ?? [])
                    watch.Dispose();
            }
        }

        private ReadOnlySpan<byte> Subscription(int index) => _input.Slice(index * size, size);

        private int Count => _input.Length / size;

        private Errno Check()
        {
            for (int i = 0; i < Count; i++)
            {
                if (Subscription(i)[TagOffset] > WriteTag)
                    return Errno.EINVAL;
            }

            return Errno.None;
        }

        /// <summary>The moment, by the monotonic clock, at which a subscribed time comes; the far future for none.</summary>
        private long FindDue(long start, long now)
        {
            long due = long.MaxValue;
            for (int i = 0; i < Count; i++)
            {
                if (Subscription(i)[TagOffset] == ClockTag && WasiClock.Read(process, ClockOf(Subscription(i)), out _) == Errno.None)
                    due = Math.Min(due, DueOf(Subscription(i), start, now));
            }

            return due;
        }

        private int ClockOf(ReadOnlySpan<byte> subscription) => BinaryPrimitives.ReadInt32LittleEndian(subscription[clockOffset..]);

        /// <summary>
        /// When a subscribed time comes, by the monotonic clock: not before <paramref name="now"/> for one that is told by
        /// another clock, of which only the distance is known.
        /// </summary>
        private long DueOf(ReadOnlySpan<byte> subscription, long start, long now)
        {
            ulong timeout = BinaryPrimitives.ReadUInt64LittleEndian(subscription[(clockOffset + 8)..]);
            bool absolute = (BinaryPrimitives.ReadUInt16LittleEndian(subscription[(clockOffset + 24)..]) & AbsoluteTime) != 0;
            if (absolute)
            {
                _ = WasiClock.Read(process, ClockOf(subscription), out long reading);
                timeout = timeout > (ulong)reading ? timeout - (ulong)reading : 0;
                start = now;
            }

            return timeout > (ulong)(long.MaxValue - start) ? long.MaxValue : start + (long)timeout;
        }

        private void Watch(object gate, List<IDisposable> watches)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Subscription(i)[TagOffset] != ClockTag && FileOf(Subscription(i))?.Watch(gate) is { } watch)
                    watches.Add(watch);
            }
        }

        private OpenFile? FileOf(ReadOnlySpan<byte> subscription) =>
            process.Descriptors[BinaryPrimitives.ReadInt32LittleEndian(subscription[DescriptorOffset..])];

        private int WriteEvents(long start, long now)
        {
            int events = 0;
            for (int i = 0; i < Count; i++)
            {
                ReadOnlySpan<byte> subscription = Subscription(i);
                if (IsReady(subscription, start, now, out Errno error, out long bytes, out int flags))
                {
                    var fields = new FieldWriter(_output.Slice(events * EventSize, EventSize));
                    fields.Int64(BinaryPrimitives.ReadInt64LittleEndian(subscription));
                    fields.UInt16((int)error);
                    fields.UInt16(subscription[TagOffset]);
                    fields.Int32(0);
                    fields.Int64(bytes);
                    fields.Int64(flags);
                    events++;
                }
            }

            return events;
        }

        private bool IsReady(ReadOnlySpan<byte> subscription, long start, long now, out Errno error, out long bytes, out int flags)
        {
            bytes = 0;
            flags = 0;
            int tag = subscription[TagOffset];
            if (tag == ClockTag)
            {
                error = WasiClock.Read(process, ClockOf(subscription), out _);
                return error != Errno.None || DueOf(subscription, start, now) <= now;
            }

            OpenFile? file = FileOf(subscription);
            error = file is null || (tag == ReadTag ? !file.CanRead : !file.CanWrite) ? Errno.EBADF : Errno.None;
            if (error != Errno.None)
                return true;
            PollEvents ready = file!.Poll();
            if ((ready & (PollEvents.HangUp | PollEvents.Error)) != 0)
                flags = HangUp;
            if (flags == 0 && (ready & (tag == ReadTag ? PollEvents.Readable : PollEvents.Writable)) == 0)
                return false;
            bytes = tag == ReadTag && file.Node is { Type: FileType.Regular } ? Unread(file) : 1;
            return true;
        }

        private static long Unread(OpenFile file) =>
            file.GetStatus(out FileStatus status) == Errno.None && file.Seek(0, SeekOrigin.Current, out long offset) == Errno.None
                ? Math.Max(0, status.Size - offset)
                : 0;
    }
}
