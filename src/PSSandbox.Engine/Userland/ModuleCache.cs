using PSSandbox.Processes;
using PSSandbox.Wasi;
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
    private readonly Dictionary<Key, LinkedListNode<(Key Key, Lazy<IProgram> Program)>> _entries = [];
    private readonly LinkedList<(Key Key, Lazy<IProgram> Program)> _recent = [];

    /// <summary>The one of this host process.</summary>
    public static ModuleCache Shared { get; } = new();

    /// <summary>Raised, on the thread that compiles, as each program begins to be compiled.</summary>
    public event Action<ModuleCompilation>? Compiling;

    private readonly record struct Key(IWasmEngine Engine, ContentHash Hash);

    /// <summary>
    /// The program of a module. Who asks for one that is being compiled waits for that. A module that is refused gives a program that says so.
    /// </summary>
    /// <param name="engine">What compiles it.</param>
    /// <param name="binary">The module.</param>
    /// <param name="path">Its path, to tell of it.</param>
    public IProgram Get(IWasmEngine engine, ReadOnlyMemory<byte> binary, string path)
    {
        ContentHash hash = ContentHash.Of(binary.Span);
        var key = new Key(engine, hash);
        Lazy<IProgram> program;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<(Key Key, Lazy<IProgram> Program)>? entry))
            {
                _recent.Remove(entry);
                _recent.AddFirst(entry);
            }
            else
            {
                entry = _recent.AddFirst((key, new Lazy<IProgram>(() => Compile(engine, binary, hash, path))));
                _entries.Add(key, entry);
                if (_recent.Count > Capacity)
                {
                    _entries.Remove(_recent.Last!.Value.Key);
                    _recent.RemoveLast();
                }
            }

            program = entry.Value.Program;
        }

        return program.Value;
    }

    private IProgram Compile(IWasmEngine engine, ReadOnlyMemory<byte> binary, in ContentHash hash, string path)
    {
        var compilation = new ModuleCompilation(ByteText.ToText(path), binary.Length, engine.Name);
        try
        {
            Compiling?.Invoke(compilation);
            return new WasiProgram(WasiModule.Compile(engine, binary, hash));
        }
        catch (WasmFormatException error)
        {
            return new RefusedModule(error.Message);
        }
        catch (WasmLinkException error)
        {
            return new RefusedModule(error.Message);
        }
        finally
        {
            compilation.Complete();
        }
    }
}
