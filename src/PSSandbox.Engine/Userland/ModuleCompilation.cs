using System.Diagnostics;

namespace PSSandbox.Userland;

/// <summary>
/// A WebAssembly program that is being made ready in this host process for the first time: compiled, or its code taken from
/// the cache, which takes no time that a person would notice. Safe for several threads.
/// </summary>
public sealed class ModuleCompilation
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _end;

    internal ModuleCompilation(string path, long size, string engine)
    {
        Path = path;
        Size = size;
        Engine = engine;
    }

    /// <summary>Raised, on the thread that compiled it, when it is done and before the program runs.</summary>
    public event Action<ModuleCompilation>? Completed;

    /// <summary>The program's path in the sandbox.</summary>
    public string Path { get; }

    /// <summary>The module's size in bytes.</summary>
    public long Size { get; }

    /// <summary>Name of the engine that compiles it.</summary>
    public string Engine { get; }

    /// <summary>Whether it is done, or was refused.</summary>
    public bool IsCompleted => Volatile.Read(ref _end) != 0;

    /// <summary>How long it has taken so far, or took.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start, Volatile.Read(ref _end) is var end && end != 0 ? end : Stopwatch.GetTimestamp());

    internal void Complete()
    {
        Volatile.Write(ref _end, Stopwatch.GetTimestamp());
        Completed?.Invoke(this);
    }
}
