using System.Globalization;
using PSSandbox.Sandboxes;
using PSSandbox.Userland;

namespace PSSandbox.Host;

/// <summary>
/// Tells on standard error, where that is a terminal, that a large program is being compiled, once that takes longer than a
/// second: one line, which goes away when it is done.
/// </summary>
internal sealed class CompilationNotice : IDisposable
{
    private const int Delay = 1000;
    private const int Period = 250;
    private readonly Lock _lock = new();
    private readonly List<ModuleCompilation> _current = [];
    private Timer? _timer;
    private bool _shown;
    private bool _disposed;

    private CompilationNotice() => SandboxRuntime.Compiling += Begin;

    /// <summary>Begins to watch; null where nobody would see it.</summary>
    public static CompilationNotice? Start() => Console.IsErrorRedirected ? null : new CompilationNotice();

    /// <inheritdoc/>
    public void Dispose()
    {
        SandboxRuntime.Compiling -= Begin;
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
            Clear();
        }
    }

    private void Begin(ModuleCompilation compilation)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _current.Add(compilation);
            compilation.Completed += End;
            if (_timer is null)
                _timer = new Timer(_ => Show(), null, Delay, Period);
            else if (_current.Count == 1)
                _timer.Change(Delay, Period);
        }
    }

    // At once, so that the line is gone before the program writes.
    private void End(ModuleCompilation compilation)
    {
        lock (_lock)
        {
            _current.Remove(compilation);
            if (_disposed || _current.Count > 0)
                return;
            Clear();
            _timer!.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_disposed || _current.Count == 0)
                return;

            ModuleCompilation longest = _current[0];
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"\r\u001b[Kpssandbox: compiling {longest.Path} ({longest.Size / 1048576.0:0.#} MiB) for its first use here: {longest.Elapsed.TotalSeconds:0} s"));
            _shown = true;
        }
    }

    private void Clear()
    {
        if (_shown)
            Console.Error.Write("\r\u001b[K");
        _shown = false;
    }
}
