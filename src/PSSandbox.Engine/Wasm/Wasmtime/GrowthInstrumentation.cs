using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// Changes a module so that it asks the host before its memory grows. The library can only be told a fixed number per
/// memory, which is no bound for what many processes of a sandbox take together. So a function is imported that
/// answers whether the memory may grow, and every <c>memory.grow</c> becomes the call of a function that asks first.
/// A memory that the module keeps to itself is exported, for the host to know its size. And every <c>memory.fill</c> and
/// <c>memory.copy</c> whose length may be large becomes the call of a function that does it in pieces, because the library
/// does all of one without a look at whether the guest is interrupted.
/// </summary>
/// <remarks>
/// The imported function comes last of the imported ones, so indices of the module's own functions are one more than
/// they were. Custom sections are left out.
/// </remarks>
internal sealed class GrowthInstrumentation
{
    /// <summary>The module name of the function that is asked. No program can import it: hosts do not offer it.</summary>
    public const string ImportModule = "pssandbox:engine";

    /// <summary>Its name. It takes the pages that are to be added, and answers 1 or 0.</summary>
    public const string ImportName = "may-grow";

    /// <summary>What the cache's key says of this change; another number for another change.</summary>
    public const string Revision = "growth 2";

    private const string MemoryName = "pssandbox:memory";

    private const int AddedFunctions = 3;

    private readonly ModuleDefinition _module;
    private readonly uint _type;
    private readonly uint _asked;
    private readonly uint _growing;
    private readonly uint _filling;
    private readonly uint _copying;
    private readonly Func<int, uint> _moved;

    private GrowthInstrumentation(ModuleDefinition module)
    {
        _module = module;
        _type = (uint)module.Types.Count;
        _asked = (uint)module.ImportedFunctions;
        _growing = (uint)module.FunctionTypes.Count + 1;
        _filling = _growing + 1;
        _copying = _growing + 2;
        _moved = index => index < module.ImportedFunctions ? (uint)index : (uint)index + 1;
    }

    /// <summary>The changed module, or null where there is nothing to change.</summary>
    /// <param name="module">A module that is valid.</param>
    public static byte[]? Apply(ModuleDefinition module)
    {
        if (module.Memory is null || (!HasChanging(module) && (module.MemoryIsImported || ExportOfMemory(module.Exports) is not null)))
            return null;
        return new GrowthInstrumentation(module).Write();
    }

    /// <summary>The name by which the memory of a module that has one is exported after the change.</summary>
    /// <param name="exports">The module's exports before.</param>
    public static string MemoryExportName(IReadOnlyList<WasmExport> exports)
    {
        if (ExportOfMemory(exports) is { } export)
            return export.Name;
        string name = MemoryName;
        while (exports.Any(other => other.Name == name))
            name += '\'';
        return name;
    }

    private static WasmExport? ExportOfMemory(IReadOnlyList<WasmExport> exports)
    {
        for (int i = 0; i < exports.Count; i++)
        {
            if (exports[i].Kind == WasmExternKind.Memory)
                return exports[i];
        }

        return null;
    }

    private static bool HasChanging(ModuleDefinition module)
    {
        ReadOnlySpan<byte> bytes = module.Binary.Span;
        foreach (FunctionBody body in module.Bodies)
        {
            // The instructions' bytes may also be parts of others: a reason to look closer.
            if (!bytes[body.CodeStart..body.CodeEnd].ContainsAny((byte)Op.MemoryGrow, (byte)(Op.MemoryFill >> 8)))
                continue;
            WasmReader reader = new(bytes, body.CodeStart, body.CodeEnd);
            while (!reader.AtEnd)
            {
                ushort opcode = reader.ReadOpcode();
                if (opcode is Op.MemoryGrow or Op.MemoryFill or Op.MemoryCopy)
                    return true;
                InstructionSkipper.SkipImmediates(ref reader, opcode);
            }
        }

        return false;
    }

    private byte[] Write()
    {
        ModuleWriter output = new();
        ReadOnlySpan<byte> bytes = _module.Binary.Span;
        output.Bytes(bytes[..8]);
        WasmReader reader = new(bytes, 8, bytes.Length);
        Dictionary<byte, (int Start, int Length)> sections = [];
        while (!reader.AtEnd)
        {
            byte id = reader.ReadByte();
            int length = (int)reader.ReadU32();
            sections[id] = (reader.Position, length);
            reader.Skip(length);
        }

        // In the order that the format demands: the data count stands before the code.
        foreach (byte id in (ReadOnlySpan<byte>)[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11])
        {
            bool present = sections.TryGetValue(id, out (int Start, int Length) place);
            ReadOnlySpan<byte> contents = bytes.Slice(place.Start, place.Length);
            switch (id)
            {
                case 1:
                    output.Section(id, Append(present, contents, Types(), 2));
                    break;
                case 2:
                    output.Section(id, Append(present, contents, Import(), 1));
                    break;
                case 3:
                    ModuleWriter type = new();
                    type.U32(_type);
                    type.U32(_type + 1);
                    type.U32(_type + 1);
                    output.Section(id, Append(present, contents, type.Written, AddedFunctions));
                    break;
                case 6 when present:
                    output.Section(id, Globals());
                    break;
                case 7:
                    output.Section(id, Exports());
                    break;
                case 8 when present:
                    ModuleWriter start = new();
                    start.U32(_moved(_module.Start));
                    output.Section(id, start.Written);
                    break;
                case 9 when present:
                    output.Section(id, Elements());
                    break;
                case 10:
                    output.Section(id, Code());
                    break;
                default:
                    if (present)
                        output.Section(id, contents);
                    break;
            }
        }

        return output.Written.ToArray();
    }

    // A vector with more elements.
    private static ReadOnlySpan<byte> Append(bool present, ReadOnlySpan<byte> vector, ReadOnlySpan<byte> elements, uint count)
    {
        ModuleWriter writer = new();
        if (present)
        {
            WasmReader reader = new(vector);
            writer.U32(reader.ReadU32() + count);
            writer.Bytes(vector[reader.Position..]);
        }
        else
        {
            writer.U32(count);
        }

        writer.Bytes(elements);
        return writer.Written;
    }

    // Of the function that grows, and of those that move bytes.
    private static ReadOnlySpan<byte> Types()
    {
        const byte i32 = (byte)WasmValueType.I32;
        return new byte[] { 0x60, 1, i32, 1, i32, 0x60, 3, i32, i32, i32, 0 };
    }

    private ReadOnlySpan<byte> Import()
    {
        ModuleWriter writer = new();
        writer.Name(ImportModule);
        writer.Name(ImportName);
        writer.Byte((byte)WasmExternKind.Function);
        writer.U32(_type);
        return writer.Written;
    }

    private ReadOnlySpan<byte> Globals()
    {
        ModuleWriter writer = new();
        writer.U32((uint)(_module.Globals.Count - _module.ImportedGlobals));
        for (int i = _module.ImportedGlobals; i < _module.Globals.Count; i++)
        {
            GlobalDefinition global = _module.Globals[i];
            writer.Byte((byte)global.Type);
            writer.Byte(global.Mutable ? (byte)1 : (byte)0);
            writer.Expression(global.Initial, global.Type, _moved);
        }

        return writer.Written;
    }

    private ReadOnlySpan<byte> Exports()
    {
        bool addMemory = !_module.MemoryIsImported && ExportOfMemory(_module.Exports) is null;
        ModuleWriter writer = new();
        writer.U32((uint)_module.Exports.Count + (addMemory ? 1u : 0));
        foreach (WasmExport export in _module.Exports)
        {
            writer.Name(export.Name);
            writer.Byte((byte)export.Kind);
            writer.U32(export.Kind == WasmExternKind.Function ? _moved(export.Index) : (uint)export.Index);
        }

        if (addMemory)
        {
            writer.Name(MemoryExportName(_module.Exports));
            writer.Byte((byte)WasmExternKind.Memory);
            writer.U32(0);
        }

        return writer.Written;
    }

    // In the forms that name table and type, with plain indices where all items are functions.
    private ReadOnlySpan<byte> Elements()
    {
        ModuleWriter writer = new();
        writer.U32((uint)_module.Elements.Count);
        foreach (ElementSegment segment in _module.Elements)
        {
            bool plain = segment.Type == WasmValueType.FuncRef && Array.TrueForAll(segment.Items, static item => item.Opcode == Op.RefFunc);
            uint flags = segment.Mode switch
            {
                SegmentMode.Active => 2,
                SegmentMode.Passive => 1,
                _ => 3,
            };
            writer.U32(plain ? flags : flags | 4);
            if (segment.Mode == SegmentMode.Active)
            {
                writer.U32((uint)segment.Table);
                writer.Expression(segment.Offset, WasmValueType.I32, _moved);
            }

            writer.Byte(plain ? (byte)0 : (byte)segment.Type);
            writer.U32((uint)segment.Items.Length);
            foreach (ConstantExpression item in segment.Items)
            {
                if (plain)
                    writer.U32(_moved(item.Index));
                else
                    writer.Expression(item, segment.Type, _moved);
            }
        }

        return writer.Written;
    }

    private ReadOnlySpan<byte> Code()
    {
        ModuleWriter writer = new();
        writer.U32((uint)_module.Bodies.Count + AddedFunctions);
        foreach (FunctionBody body in _module.Bodies)
        {
            ModuleWriter changed = new();
            changed.U32((uint)body.Locals.Length);
            foreach (LocalRun run in body.Locals)
            {
                changed.U32((uint)run.Count);
                changed.Byte((byte)run.Type);
            }

            Instructions(body, changed);
            writer.U32((uint)changed.Written.Length);
            writer.Bytes(changed.Written);
        }

        ModuleWriter growing = new();
        growing.Bytes([0, (byte)Op.LocalGet, 0, (byte)Op.Call]);
        growing.U32(_asked);
        growing.Bytes([(byte)Op.If, (byte)WasmValueType.I32, (byte)Op.LocalGet, 0, (byte)Op.MemoryGrow, 0]);
        growing.Bytes([(byte)Op.Else, (byte)Op.I32Const, 0x7f, (byte)Op.End, (byte)Op.End]);
        foreach (ReadOnlyMemory<byte> added in (ReadOnlyMemory<byte>[])[growing.Written.ToArray(), BulkInPieces.Fill, BulkInPieces.Copy])
        {
            writer.U32((uint)added.Length);
            writer.Bytes(added.Span);
        }

        return writer.Written;
    }

    private void Instructions(FunctionBody body, ModuleWriter writer)
    {
        ReadOnlySpan<byte> bytes = _module.Binary.Span;
        WasmReader reader = new(bytes, body.CodeStart, body.CodeEnd);
        int copied = body.CodeStart;
        bool small = false;
        while (!reader.AtEnd)
        {
            int start = reader.Position;
            ushort opcode = reader.ReadOpcode();
            bool isSmall = small;
            small = false;
            switch (opcode)
            {
                case Op.I32Const:
                    small = (uint)reader.ReadS32() <= BulkInPieces.PieceBytes;
                    continue;
                case Op.Call or Op.RefFunc:
                    Replace(ref reader, opcode, _moved((int)reader.ReadU32()));
                    continue;
                case Op.MemoryGrow:
                    reader.ReadU32();
                    Replace(ref reader, Op.Call, _growing);
                    continue;
                case (Op.MemoryFill or Op.MemoryCopy) when !isSmall:
                    InstructionSkipper.SkipImmediates(ref reader, opcode);
                    Replace(ref reader, Op.Call, opcode == Op.MemoryFill ? _filling : _copying);
                    continue;
                default:
                    InstructionSkipper.SkipImmediates(ref reader, opcode);
                    continue;
            }

            void Replace(ref WasmReader reader, ushort instruction, uint index)
            {
                writer.Bytes(_module.Binary.Span[copied..start]);
                writer.Byte((byte)instruction);
                writer.U32(index);
                copied = reader.Position;
            }
        }

        writer.Bytes(bytes[copied..body.CodeEnd]);
    }
}
