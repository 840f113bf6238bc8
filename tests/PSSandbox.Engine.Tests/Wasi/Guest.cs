using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasi;
using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasi;

/// <summary>A guest that a test drives by hand: it calls host functions and looks at its memory.</summary>
internal sealed class Guest : IDisposable
{
    /// <summary>In place of a module's name: what WasmEdge adds to preview 1.</summary>
    public const string WasmEdge = "WasmEdge";

    private static readonly Dictionary<string, IWasmTemplate> Templates = [];
    private readonly IWasmInstance _instance;
    private readonly IWasmTemplate _template;

    public Guest(string module = "wasi_snapshot_preview1", TestSystem? system = null)
    {
        System = system ?? new TestSystem();
        Process = System.Fork();
        State = new WasiProcess(Process, null);
        Assert.Equal(Errno.None, Process.Load("/bin/true", ["guest"], System.Kernel.Init.Environment));
        for (int descriptor = 0; descriptor < 3; descriptor++)
            System.Open(Process, descriptor, "/dev/null", OpenFlags.ReadWrite);
        lock (Templates)
        {
            if (!Templates.TryGetValue(module, out _template!))
            {
                ImportFunction[] functions = module switch
                {
                    "wasi_unstable" => PSSandbox.Wasi.Snapshot0.Functions.All,
                    "pssandbox" => PSSandbox.Wasi.SystemCalls.Functions.All,
                    WasmEdge => PSSandbox.Wasi.Preview1.WasmEdgeSockets.All,
                    _ => PSSandbox.Wasi.Preview1.Functions.All,
                };
                byte[] binary = TrampolineModule.Build(module == WasmEdge ? "wasi_snapshot_preview1" : module, functions);
                _template = Templates[module] = TestSystem.Engine.Compile(binary).Link(ImportTable.Resolve);
            }
        }

        _instance = _template.Instantiate(State, new WasmLimits { OnGrow = State.Grow, OnInterrupt = State.HandleSignals });
        State.Instance = _instance;
    }

    public TestSystem System { get; }

    public Process Process { get; }

    public WasiProcess State { get; }

    public Span<byte> Memory => _instance.Memory;

    /// <summary>Calls a function; the result, as it is.</summary>
    public int CallRaw(string function, params long[] arguments)
    {
        WasmExport export = Export(function);
        Span<WasmValue> values = stackalloc WasmValue[Math.Max(1, arguments.Length)];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (export.FunctionType!.Parameters[i] == WasmValueType.I64)
                values[i].I64 = arguments[i];
            else
                values[i].I32 = (int)arguments[i];
        }

        _instance.Invoke(export, values);
        return values[0].I32;
    }

    /// <summary>Calls a function of WASI; the error.</summary>
    public Errno Call(string function, params long[] arguments) => (Errno)CallRaw(function, arguments);

    /// <summary>Calls a function of the kernel's; negative results as the error.</summary>
    public Errno CallError(string function, params long[] arguments) => CallErrorOf(CallRaw(function, arguments));

    /// <summary>The error in a result of the kernel's functions.</summary>
    public Errno CallErrorOf(int result) => (Errno)Math.Max(0, -result);

    public int Put(int address, string text)
    {
        ByteText.ToBytes(text).CopyTo(Memory[address..]);
        return text.Length;
    }

    /// <summary>Puts an iovec for one buffer at an address.</summary>
    public void PutVector(int address, int buffer, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Memory[address..], buffer);
        BinaryPrimitives.WriteInt32LittleEndian(Memory[(address + 4)..], length);
    }

    public int Int32(int address) => BinaryPrimitives.ReadInt32LittleEndian(Memory[address..]);

    public long Int64(int address) => BinaryPrimitives.ReadInt64LittleEndian(Memory[address..]);

    public string Text(int address, int length) => ByteText.FromBytes(Memory.Slice(address, length));

    /// <summary>Opens a file of the sandbox as a descriptor.</summary>
    public int Open(string path, OpenFlags flags)
    {
        Assert.Equal(Errno.None, System.Files.Open(System.Paths, path, flags, 0x1a4, out OpenFile? file));
        Assert.Equal(Errno.None, Process.Descriptors.Add(file!, out int descriptor));
        return descriptor;
    }

    public void Dispose() => _instance.Dispose();

    private WasmExport Export(string name) => _template.Module.Exports.First(e => e.Name == name);
}
