using System.Numerics;
using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// Signals (POSIX 2.4) and interruptible waiting.
internal sealed partial class Process
{
    /// <summary>The longest time of a timer; alarms after more are sent then.</summary>
    private const uint MaxAlarmMilliseconds = uint.MaxValue - 2;

    private readonly Lock _signalLock = new();
    private ulong _pending;
    private ulong _ignored;
    private ulong _caught;
    private Signal _fatal;
    private Signal _stop;
    private volatile bool _attention;

    // Set and read without the lock, for which many may wait.
    private volatile bool _killed;
    private volatile object? _waitingOn;
    private volatile IInterruptible? _running;
    private Deadline? _alarm;
    private long _alarmDue;

    /// <summary>
    /// Whether a signal waits for the process: cheap, to be looked at often. When set, call <see cref="CheckSignals"/>.
    /// </summary>
    public bool Attention => _attention;

    /// <summary>What runs for the process now and polls nothing by itself (a WebAssembly instance).</summary>
    public IInterruptible? Running
    {
        get => _running;
        set
        {
            _running = value;
            if (_attention)
                value?.Interrupt();
        }
    }

    /// <summary>Signals that are waiting to be taken, as a mask.</summary>
    public ulong PendingSignals => Volatile.Read(ref _pending);

    /// <summary>Ignored signals, as a mask.</summary>
    public ulong IgnoredSignals => Volatile.Read(ref _ignored);

    /// <summary>Caught signals, as a mask.</summary>
    public ulong CaughtSignals => Volatile.Read(ref _caught);

    /// <summary>What the process wants of a signal now.</summary>
    public SignalDisposition GetDisposition(Signal signal)
    {
        ulong bit = Signals.Bit(signal);
        return (_ignored & bit) != 0 ? SignalDisposition.Ignore : (_caught & bit) != 0 ? SignalDisposition.Catch : SignalDisposition.Default;
    }

    /// <summary>Sets what the process wants of a signal. EINVAL for KILL and STOP.</summary>
    public Errno SetDisposition(Signal signal, SignalDisposition disposition)
    {
        if (signal is Signal.KILL or Signal.STOP || (int)signal is < 1 or >= Signals.Count)
            return Errno.EINVAL;
        ulong bit = Signals.Bit(signal);
        lock (_signalLock)
        {
            _ignored = disposition == SignalDisposition.Ignore ? _ignored | bit : _ignored & ~bit;
            _caught = disposition == SignalDisposition.Catch ? _caught | bit : _caught & ~bit;
            if (disposition == SignalDisposition.Ignore)
                _pending &= ~bit;
        }

        return Errno.None;
    }

    /// <summary>Sends the process a signal, from any thread.</summary>
    public void Deliver(Signal signal)
    {
        if (signal == Signal.None)
            return;

        if (signal == Signal.KILL)
            MarkKilled();
        else if (_killed)
            return;

        // A caught one that waits already is the same as this one: those who send many do not hold up who ends the process.
        if ((Volatile.Read(ref _pending) & Signals.Bit(signal)) != 0 && _attention && signal is not Signal.CONT)
            return;
        bool endNow = false;
        bool stopNow = false;
        lock (_signalLock)
        {
            if (State is ProcessState.Zombie or ProcessState.Reaped)
                return;
            ulong bit = Signals.Bit(signal);
            if (signal is Signal.CONT or Signal.KILL)
                _stop = Signal.None;
            bool uncatchable = signal is Signal.KILL or Signal.STOP;
            if (!uncatchable && (_ignored & bit) != 0 && signal != Signal.CONT)
                return;
            if (!uncatchable && (_caught & bit) != 0)
            {
                _pending |= bit;
            }
            else
            {
                switch (Signals.DefaultAction(signal))
                {
                    case SignalAction.Ignore:
                        return;
                    case SignalAction.Stop:
                        _stop = signal;
                        stopNow = _inlineChild is not null;
                        break;
                    case SignalAction.Terminate:
                        if (_fatal == Signal.None || signal == Signal.KILL)
                            _fatal = signal;
                        endNow = State == ProcessState.New || _inlineChild is not null;
                        break;
                    case SignalAction.Continue:
                        break;
                }
            }

            _attention = true;
        }

        Wake();
        // Its thread is in a foreground child's frame, where nobody would tell of the stop.
        if (stopNow)
            Parent?.ChildChanged(this, WaitStatus.ForStop(signal));
        if (endNow)
            EndFromOutside(WaitStatus.ForSignal(signal));
    }

    /// <summary>
    /// To be called by the process's own thread when <see cref="Attention"/> is set: ends the process if a signal says so,
    /// waits while it is stopped.
    /// </summary>
    /// <returns>Whether a caught signal waits: <see cref="TakeSignal"/> gives it.</returns>
    /// <exception cref="ProcessExitException">A signal ended the process.</exception>
    public bool CheckSignals()
    {
        while (_attention)
        {
            if (State is ProcessState.Zombie or ProcessState.Reaped)
                throw new ProcessExitException(ExitStatus);
            if (_killed)
                throw new ProcessExitException(WaitStatus.ForSignal(Signal.KILL));
            Signal stop;
            lock (_signalLock)
            {
                if (_fatal != Signal.None)
                    throw new ProcessExitException(WaitStatus.ForSignal(_fatal));
                stop = _stop;
                if (stop == Signal.None)
                {
                    _attention = _pending != 0 || _killed;
                    break;
                }
            }

            StayStopped(stop);
        }

        return _pending != 0;
    }

    /// <summary>Takes the lowest caught signal that waits; <see cref="Signal.None"/> if there is none.</summary>
    public Signal TakeSignal()
    {
        lock (_signalLock)
        {
            if (_pending == 0)
                return Signal.None;
            var signal = (Signal)(BitOperations.TrailingZeroCount(_pending) + 1);
            _pending &= _pending - 1;
            _attention = _pending != 0 || _killed || _fatal != Signal.None || _stop != Signal.None;
            return signal;
        }
    }

    /// <summary>Sends SIGALRM after a time; zero cancels.</summary>
    /// <returns>What was left of the former alarm.</returns>
    public TimeSpan SetAlarm(TimeSpan time)
    {
        long now = System.Environment.TickCount64;
        long left = _alarm is null ? 0 : Math.Max(0, _alarmDue - now);
        _alarm?.Dispose();
        _alarm = null;
        if (time > TimeSpan.Zero)
        {
            time = time.TotalMilliseconds < MaxAlarmMilliseconds ? time : TimeSpan.FromMilliseconds(MaxAlarmMilliseconds);
            _alarmDue = now + (long)time.TotalMilliseconds;
            _alarm = new Deadline(() => Deliver(Signal.ALRM), time);
        }

        return TimeSpan.FromMilliseconds(left);
    }

    /// <inheritdoc/>
    public Errno Block(object gate, int millisecondsTimeout)
    {
        if (_attention)
            return Errno.EINTR;
        DeferredProcesses.ThreadWaits();
        _waitingOn = gate;
        Interlocked.MemoryBarrier();
        ProcessState before = _state;
        State = ProcessState.Sleeping;
        bool pulsed = _attention || Monitor.Wait(gate, millisecondsTimeout);
        if (_state == ProcessState.Sleeping)
            State = before;
        _waitingOn = null;
        return _attention ? Errno.EINTR : pulsed ? Errno.None : Errno.ETIMEDOUT;
    }

    /// <summary>Sleeps. EINTR when a signal came.</summary>
    public Errno Sleep(TimeSpan time)
    {
        object gate = new();
        long end = System.Environment.TickCount64 + (long)Math.Ceiling(time.TotalMilliseconds);
        lock (gate)
        {
            while (true)
            {
                long left = end - System.Environment.TickCount64;
                if (left <= 0)
                    return Errno.None;
                if (Block(gate, (int)Math.Min(left, int.MaxValue)) == Errno.EINTR)
                    return Errno.EINTR;
            }
        }
    }

    /// <summary>Whether SIGKILL was sent.</summary>
    internal bool IsKilled => _killed;

    /// <summary>Lets its thread find out that it is killed, without a lock for which the caller might have to wait; Deliver must follow.</summary>
    internal void MarkKilled()
    {
        _killed = true;
        _attention = true;
    }

    /// <summary>Sends SIGKILL; false if one was sent before.</summary>
    internal bool PendingKill()
    {
        if (_fatal == Signal.KILL)
            return false;
        Deliver(Signal.KILL);
        return true;
    }

    /// <summary>Restores defaults of caught signals, as exec does.</summary>
    internal void ResetCaughtSignals()
    {
        lock (_signalLock)
        {
            _caught = 0;
            _pending = 0;
        }
    }

    private void Wake()
    {
        _running?.Interrupt();
        Interlocked.MemoryBarrier();
        object? gate = _waitingOn;
        if (gate is null)
            return;
        lock (gate)
            Monitor.PulseAll(gate);
    }

    private void StayStopped(Signal stop)
    {
        State = ProcessState.Stopped;
        Parent?.ChildChanged(this, WaitStatus.ForStop(stop));
        object gate = new();
        lock (gate)
        {
            _waitingOn = gate;
            Interlocked.MemoryBarrier();
            while (_stop != Signal.None && _fatal == Signal.None)
                Monitor.Wait(gate);
            _waitingOn = null;
        }

        State = ProcessState.Running;
    }
}
