using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Userland;

/// <summary>
/// Programs by the content of their module: each is compiled once, for all sandboxes. The most recently used are kept; others
/// live as long as a file or a process remembers them.
/// </summary>
internal sealed class ModuleCache
{
    private const int Capacity = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = [];

    /// <summary>The one of this host process.</summary>
    public static ModuleCache Shared { get; } = new();

    /// <summary>Raised, on the thread that compiles, as each program begins to be compiled.</summary>
    public event Action<ModuleCompilation>? Compiling;

    private sealed record Entry(Key Key, LazyProgram Program);

    // A class that compares itself: the core library's comparer for a structure of ours would be compiled at each start.
    private sealed class Key(IWasmEngine engine, ContentHash hash) : IEquatable<Key>
    {
        private readonly IWasmEngine _engine = engine;
        private readonly ContentHash _hash = hash;

        public bool Equals(Key? other) => other is not null && ReferenceEquals(_engine, other._engine) && _hash.Equals(other._hash);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => _hash.GetHashCode();
    }

    /// <summary>
    /// The program of a module. Who asks for one that is being compiled waits for that. A module that is refused gives a program that says so.
    /// </summary>
    /// <param name="process">The process that is to run it. Waiting ends when a signal ends who loads it.</param>
    /// <param name="engine">What compiles it.</param>
    /// <param name="binary">The module.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="path">Its path, to tell of it.</param>
    /// <exception cref="ProcessExitException">A signal ended the process that loads it.</exception>
    public IProgram Get(Process process, IWasmEngine engine, ReadOnlyMemory<byte> binary, in ContentHash hash, string path)
    {
        var key = new Key(engine, hash);
        LazyProgram program;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? entry))
            {
                _recent.Remove(entry);
                _recent.AddFirst(entry);
            }
            else
            {
                entry = _recent.AddFirst(new Entry(key, new LazyProgram(engine, binary, hash, path, m => Compiling?.Invoke(m))));
                _entries.Add(key, entry);
                if (_recent.Count > Capacity)
                {
                    _entries.Remove(_recent.Last!.Value.Key);
                    _recent.RemoveLast();
                }
            }

            program = entry.Value.Program;
        }

        return program.Wait(process);
    }
}
