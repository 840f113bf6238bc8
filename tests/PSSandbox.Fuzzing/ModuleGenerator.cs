using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Wasmtime;
using static PSSandbox.Fuzzing.GeneratedModule;

namespace PSSandbox.Fuzzing;

/// <summary>
/// Makes up valid modules whose programs end: each call and each turn of a loop takes one of a global's units, and traps
/// when there is none. What a program leaves behind can be asked for by functions that are added at the end.
/// </summary>
internal sealed class ModuleGenerator
{
    /// <summary>The global that holds the units.</summary>
    public const int UnitsGlobal = 0;

    private static readonly WasmValueType[] AllTypes =
    [
        WasmValueType.I32, WasmValueType.I32, WasmValueType.I32, WasmValueType.I64, WasmValueType.I64, WasmValueType.F32,
        WasmValueType.F64, WasmValueType.F64, WasmValueType.V128, WasmValueType.V128, WasmValueType.FuncRef, WasmValueType.ExternRef,
    ];

    private readonly RandomSource _random;
    private readonly List<WasmFunctionType> _types = [];
    private readonly List<int> _functionTypes = [];
    private readonly List<GeneratedFunction> _functions = [];
    private readonly Dictionary<byte, List<byte[]>> _sections = [];
    private int _imports;

    private ModuleGenerator(ulong seed) => _random = new RandomSource(seed);

    /// <summary>Types of all functions that programs may use, imported ones first.</summary>
    public IReadOnlyList<int> FunctionTypes => _functionTypes;

    /// <summary>Number of imported functions.</summary>
    public int Imports => _imports;

    /// <summary>Function types.</summary>
    public IReadOnlyList<WasmFunctionType> Types => _types;

    /// <summary>Types of the globals, and whether they can be set.</summary>
    public List<(WasmValueType Type, bool Mutable)> Globals { get; } = [];

    /// <summary>What the tables hold.</summary>
    public List<WasmValueType> Tables { get; } = [];

    /// <summary>What the element segments hold.</summary>
    public List<WasmValueType> Elements { get; } = [];

    /// <summary>Number of data segments.</summary>
    public int DataSegments { get; private set; }

    /// <summary>Whether there is a memory.</summary>
    public bool HasMemory { get; private set; }

    /// <summary>The module of a seed.</summary>
    public static GeneratedModule Generate(ulong seed) => new ModuleGenerator(seed).Generate();

    /// <summary>A constant of a type, with edges more often than others: the instruction.</summary>
    public static byte[] Constant(RandomSource random, WasmValueType type) => Written(writer =>
    {
        ulong bits = ValueSource.Bits(random, type);
        switch (type)
        {
            case WasmValueType.I32:
                writer.Byte((byte)Op.I32Const);
                writer.Signed((int)bits);
                break;
            case WasmValueType.I64:
                writer.Byte((byte)Op.I64Const);
                writer.Signed((long)bits);
                break;
            case WasmValueType.F32:
                writer.Byte((byte)Op.F32Const);
                writer.Bytes(BitConverter.GetBytes((uint)bits));
                break;
            case WasmValueType.F64:
                writer.Byte((byte)Op.F64Const);
                writer.Bytes(BitConverter.GetBytes(bits));
                break;
            case WasmValueType.V128:
                writer.Bytes([0xfd, 0x0c, .. BitConverter.GetBytes(bits), .. BitConverter.GetBytes(ValueSource.Bits(random, type))]);
                break;
            default:
                writer.Bytes([(byte)Op.RefNull, (byte)type]);
                break;
        }
    });

    private GeneratedModule Generate()
    {
        MakeTypes();
        MakeSignatures();
        HasMemory = _random.Percent(95);
        if (HasMemory)
            Add(5, writer => Limits(writer, _random.Range(0, 2), 6));
        for (int i = _random.Below(4); i > 0; i--)
            MakeTable();
        MakeGlobals();
        MakeElements();
        MakeData();
        for (int i = _imports; i < _functionTypes.Count; i++)
        {
            Export($"f{i}", WasmExternKind.Function, i);
            _functions.Add(new FunctionGenerator(this, _random, _functionTypes[i]).Generate());
        }

        int start = -1;
        if (_random.OneIn(4))
            start = _functionTypes.FindIndex(type => _types[type] is { Parameters.Length: 0, Results.Length: 0 });
        AddAccessors();
        if (HasMemory && _random.Percent(70))
            Export("memory", WasmExternKind.Memory, 0);
        return new GeneratedModule
        {
            Types = _types,
            Imports = [.. _functionTypes.Take(_imports).Select((type, index) => ("host", $"h{index}", type))],
            Functions = _functions,
            Sections = _sections.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<byte[]>)pair.Value),
            Start = start,
        };
    }

    private void MakeTypes()
    {
        _types.Add(new WasmFunctionType([], []));
        for (int i = _random.Range(3, 10); i > 0; i--)
            _types.Add(new WasmFunctionType(SomeTypes(_random.OneIn(10) ? 12 : 4), SomeTypes(_random.OneIn(10) ? 8 : 3)));
    }

    private WasmValueType[] SomeTypes(int most)
    {
        WasmValueType[] types = new WasmValueType[_random.Below(most + 1)];
        for (int i = 0; i < types.Length; i++)
            types[i] = _random.Pick(AllTypes);
        return types;
    }

    private void MakeSignatures()
    {
        _imports = _random.Below(4);
        int functions = _random.Range(1, 8);
        for (int i = 0; i < _imports + functions; i++)
            _functionTypes.Add(_random.Below(_types.Count));
    }

    private void MakeTable()
    {
        WasmValueType type = _random.Percent(70) ? WasmValueType.FuncRef : WasmValueType.ExternRef;
        Tables.Add(type);
        Add(4, writer =>
        {
            writer.Byte((byte)type);
            Limits(writer, _random.Range(0, 12), 40);
        });
    }

    private void Limits(ModuleWriter writer, int minimum, int most)
    {
        bool bounded = _random.Percent(50);
        writer.Byte(bounded ? (byte)1 : (byte)0);
        writer.U32((uint)minimum);
        if (bounded)
            writer.U32((uint)_random.Range(minimum, most));
    }

    private void MakeGlobals()
    {
        Global(WasmValueType.I32, true, [(byte)Op.I32Const, 50]);
        for (int i = _random.Below(8); i > 0; i--)
        {
            WasmValueType type = _random.Pick(AllTypes);
            Global(type, _random.Percent(75), ConstantExpression(type));
        }
    }

    private void Global(WasmValueType type, bool mutable, byte[] initial)
    {
        Globals.Add((type, mutable));
        Add(6, writer => writer.Bytes([(byte)type, mutable ? (byte)1 : (byte)0, .. initial, (byte)Op.End]));
    }

    private byte[] ConstantExpression(WasmValueType type) => type == WasmValueType.FuncRef && _random.Percent(70)
        ? FunctionReference() : Constant(_random, type);

    private byte[] FunctionReference() => [(byte)Op.RefFunc, .. Written(writer => writer.U32((uint)_random.Below(_functionTypes.Count)))];

    private void MakeElements()
    {
        for (int i = _random.Below(5); i > 0; i--)
        {
            int table = Tables.Count > 0 && _random.Percent(60) ? _random.Below(Tables.Count) : -1;
            WasmValueType type = table >= 0 ? Tables[table] : _random.Percent(70) ? WasmValueType.FuncRef : WasmValueType.ExternRef;
            Elements.Add(type);
            bool expressions = type == WasmValueType.ExternRef || _random.Percent(50);
            int count = _random.Below(6);
            Add(9, writer =>
            {
                uint flags = table >= 0 ? 2u : _random.Percent(80) ? 1u : 3u;
                writer.U32(flags | (expressions ? 4u : 0));
                if (table >= 0)
                {
                    writer.U32((uint)table);
                    Offset(writer, 8);
                }

                writer.Byte(expressions ? (byte)type : (byte)0);
                writer.U32((uint)count);
                for (int item = 0; item < count; item++)
                {
                    if (expressions)
                        writer.Bytes([.. ConstantExpression(type), (byte)Op.End]);
                    else
                        writer.U32((uint)_random.Below(_functionTypes.Count));
                }
            });
        }
    }

    private void MakeData()
    {
        DataSegments = _random.Below(5);
        for (int i = 0; i < DataSegments; i++)
        {
            Add(11, writer =>
            {
                bool passive = !HasMemory || _random.Percent(50);
                writer.Byte(passive ? (byte)1 : (byte)0);
                if (!passive)
                    Offset(writer, _random.Percent(90) ? 3000 : 65600);
                int length = _random.Below(_random.OneIn(8) ? 3000 : 40);
                writer.U32((uint)length);
                for (int item = 0; item < length; item++)
                    writer.Byte((byte)_random.Next());
            });
        }
    }

    // Mostly at the beginning, where it fits.
    private void Offset(ModuleWriter writer, int most)
    {
        writer.Byte((byte)Op.I32Const);
        writer.Signed(_random.Percent(60) ? 0 : _random.Below(most));
        writer.Byte((byte)Op.End);
    }

    private void AddAccessors()
    {
        Accessor("units", [WasmValueType.I32], [], [(byte)Op.LocalGet, 0, (byte)Op.GlobalSet, UnitsGlobal]);
        for (int i = 0; i < Globals.Count; i++)
        {
            WasmValueType type = Globals[i].Type;
            if (type == WasmValueType.FuncRef)
                Accessor($"global{i}", [], [WasmValueType.I32], [(byte)Op.GlobalGet, (byte)i, (byte)Op.RefIsNull]);
            else
                Accessor($"global{i}", [], [type], [(byte)Op.GlobalGet, (byte)i]);
        }

        for (int i = 0; i < Tables.Count; i++)
        {
            Accessor($"size{i}", [], [WasmValueType.I32], [0xfc, 16, (byte)i]);
            if (Tables[i] == WasmValueType.FuncRef)
                Accessor($"element{i}", [WasmValueType.I32], [WasmValueType.I32], [(byte)Op.LocalGet, 0, (byte)Op.TableGet, (byte)i, (byte)Op.RefIsNull]);
            else
                Accessor($"element{i}", [WasmValueType.I32], [WasmValueType.ExternRef], [(byte)Op.LocalGet, 0, (byte)Op.TableGet, (byte)i]);
        }
    }

    private void Accessor(string name, WasmValueType[] parameters, WasmValueType[] results, byte[] body)
    {
        _types.Add(new WasmFunctionType(parameters, results));
        _functions.Add(new GeneratedFunction(_types.Count - 1, [], [[], body, [(byte)Op.End]]));
        Export(name, WasmExternKind.Function, _imports + _functions.Count - 1);
    }

    private void Export(string name, WasmExternKind kind, int index) => Add(7, writer =>
    {
        writer.Name(name);
        writer.Byte((byte)kind);
        writer.U32((uint)index);
    });

    private void Add(byte section, Action<ModuleWriter> write)
    {
        if (!_sections.TryGetValue(section, out List<byte[]>? items))
            _sections.Add(section, items = []);
        items.Add(Written(write));
    }
}
