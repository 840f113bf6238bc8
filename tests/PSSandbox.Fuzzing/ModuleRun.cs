using System.Globalization;
using System.Runtime.Intrinsics;
using PSSandbox.Wasm;

namespace PSSandbox.Fuzzing;

/// <summary>Runs a module on an engine and writes down all that can be seen of it: results, traps, calls of the host, memory, globals, tables.</summary>
internal sealed class ModuleRun
{
    /// <summary>What stands in the notes where a stack ended: engines need not agree when.</summary>
    public const string StackEnded = "call stack exhausted";

    // Far longer than any program with so few units takes, on a machine that has other work to do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Rounds = 3;
    private const int Units = 600;
    private const int MaxTableElements = 60;
    private const long MaxMemoryBytes = 5 * 65536;

    private readonly List<string> _notes = [];
    private readonly ulong _seed;

    private ModuleRun(ulong seed) => _seed = seed;

    /// <summary>Runs a module.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="binary">The module.</param>
    /// <param name="seed">What arguments and answers of the host come from.</param>
    /// <param name="metered">Whether fuel is counted; it never ends.</param>
    /// <returns>What was seen, in order.</returns>
    public static IReadOnlyList<string> Observe(IWasmEngine engine, byte[] binary, ulong seed, bool metered)
    {
        ModuleRun run = new(seed);
        try
        {
            using IWasmModule module = engine.Compile(binary);
            run.Run(module, metered);
        }
        catch (WasmFormatException error)
        {
            run._notes.Add($"refused: {error.Message}");
        }
        catch (WasmLinkException error)
        {
            // In the words of either engine.
            run._notes.Add($"not linked: {error.GetType().Name}");
        }
        catch (WasmTrapException trap)
        {
            run._notes.Add($"not instantiated: {Trap(trap)}");
        }

        return run._notes;
    }

    private static string Trap(WasmTrapException trap) => trap.Kind switch
    {
        WasmTrapKind.StackOverflow => StackEnded,
        WasmTrapKind.HostFailure => $"{trap.Kind}: {trap.Message}",
        _ => trap.Kind.ToString(),
    };

    private void Run(IWasmModule module, bool metered)
    {
        IWasmTemplate template = module.Link(import => (caller, values) => Host(import, caller, values));
        WasmLimits limits = new()
        {
            MaxMemoryBytes = MaxMemoryBytes,
            MaxTableElements = MaxTableElements,
            OnGrow = bytes =>
            {
                _notes.Add($"grows by {bytes}");
                return bytes % 3 != 0;
            },
            Fuel = metered ? long.MaxValue / 4 : 0,
        };
        using IWasmInstance instance = template.Instantiate(null, limits);
        using Timer guard = new(_ => instance.Interrupt(), null, Patience, Patience);
        RandomSource random = new(_seed);
        WasmExport units = module.Exports.First(export => export.Name == "units");
        for (int round = 0; round < Rounds; round++)
        {
            foreach (WasmExport export in module.Exports)
            {
                if (export.Name[0] != 'f')
                    continue;
                WasmValue[] number = new WasmValue[1];
                number[0].I32 = Units;
                instance.Invoke(units, number);
                Call(instance, export, random);
                NoteMemory(instance);
            }
        }

        NoteState(instance, module);
    }

    private void Call(IWasmInstance instance, WasmExport export, RandomSource random)
    {
        WasmFunctionType type = export.FunctionType!;
        WasmValue[] values = new WasmValue[Math.Max(type.Parameters.Length, type.Results.Length)];
        for (int i = 0; i < type.Parameters.Length; i++)
            values[i] = ValueSource.Value(random, type.Parameters[i]);
        string call = $"{export.Name}({Text(values, type.Parameters)})";
        try
        {
            instance.Invoke(export, values);
            _notes.Add($"{call} = {Text(values, type.Results)}");
        }
        catch (WasmTrapException trap)
        {
            _notes.Add($"{call}: {Trap(trap)}");
        }
    }

    // Answers with what depends on the question only, and sometimes looks at memory and changes it.
    private void Host(WasmImport import, IWasmInstance caller, Span<WasmValue> values)
    {
        WasmFunctionType type = import.FunctionType!;
        string arguments = Text(values, type.Parameters);
        _notes.Add($"host {import.Name}({arguments})");
        ulong hash = _seed;
        foreach (char letter in arguments)
            hash = RandomSource.Mix(hash ^ letter);
        RandomSource random = new(hash);
        if (random.OneIn(2))
        {
            NoteMemory(caller);
            if (caller.Memory is { Length: > 0 } memory)
                memory[random.Below(memory.Length)] = (byte)hash;
        }

        for (int i = 0; i < type.Results.Length; i++)
            values[i] = ValueSource.Value(random, type.Results[i]);
    }

    private void NoteMemory(IWasmInstance instance)
    {
        ReadOnlySpan<byte> memory = instance.Memory;
        HashCode64 hash = default;
        hash.Add(memory);
        _notes.Add(string.Create(CultureInfo.InvariantCulture, $"memory {memory.Length} {hash.Value:x16} peak {instance.PeakMemoryBytes}"));
    }

    private void NoteState(IWasmInstance instance, IWasmModule module)
    {
        foreach (WasmExport export in module.Exports)
        {
            if (export.Name.StartsWith("global", StringComparison.Ordinal))
            {
                NoteResult(instance, export, 0);
            }
            else if (export.Name.StartsWith("size", StringComparison.Ordinal))
            {
                int size = NoteResult(instance, export, 0);
                WasmExport element = module.Exports.First(other => other.Name == "element" + export.Name[4..]);
                for (int i = 0; i < size; i++)
                    NoteResult(instance, element, i);
            }
        }
    }

    private int NoteResult(IWasmInstance instance, WasmExport export, int argument)
    {
        WasmValue[] values = new WasmValue[1];
        values[0].I32 = argument;
        instance.Invoke(export, values);
        _notes.Add($"{export.Name}({argument}) = {Text(values, export.FunctionType!.Results)}");
        return values[0].I32;
    }

    private static string Text(ReadOnlySpan<WasmValue> values, IReadOnlyList<WasmValueType> types)
    {
        string[] texts = new string[types.Count];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Text(values[i], types[i]);
        return string.Join(", ", texts);
    }

    private static string Text(WasmValue value, WasmValueType type) => type switch
    {
        WasmValueType.I32 or WasmValueType.F32 => value.I32.ToString("x8", CultureInfo.InvariantCulture),
        WasmValueType.V128 => $"{value.V128.AsUInt64()[1]:x16}{value.V128.AsUInt64()[0]:x16}",
        WasmValueType.FuncRef => value.Reference == 0 ? "null" : "function",
        _ => value.I64.ToString("x16", CultureInfo.InvariantCulture),
    };
}
