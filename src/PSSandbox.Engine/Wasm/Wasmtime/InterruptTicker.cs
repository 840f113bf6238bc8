namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// Repeats what interrupts guests until each guest that was asked has noticed. One increment of the epoch is enough
/// but for a guest that is about to set its next deadline at that very moment and so puts it beyond the increment.
/// Nothing ticks while nobody is asked.
/// </summary>
internal sealed class InterruptTicker(Action tick) : IDisposable
{
    private const int PeriodMilliseconds = 5;

    private readonly Lock _lock = new();
    private HashSet<WasmtimeInstance>? _asked;
    private Timer? _timer;
    private bool _disposed;

    /// <summary>Adds a guest that was just asked, and ticks at once.</summary>
    public void Add(WasmtimeInstance instance)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _asked ??= [];
            if (_asked.Add(instance) && _asked.Count == 1)
            {
                _timer ??= new Timer(static ticker => ((InterruptTicker)ticker!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
                _timer.Change(PeriodMilliseconds, PeriodMilliseconds);
            }

            tick();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _asked = null;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_disposed || _asked is null)
                return;
            _asked.RemoveWhere(static instance => !instance.InterruptIsPending);
            if (_asked.Count == 0)
                _timer!.Change(Timeout.Infinite, Timeout.Infinite);
            else
                tick();
        }
    }
}
