using PSSandbox.Wasm;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Fuzzing;

/// <summary>A module that was made up, before it is bytes.</summary>
internal sealed class GeneratedModule
{
    /// <summary>Function types.</summary>
    public required IReadOnlyList<WasmFunctionType> Types { get; init; }

    /// <summary>The imported functions, by index.</summary>
    public required IReadOnlyList<(string Module, string Name, int Type)> Imports { get; init; }

    /// <summary>The functions.</summary>
    public required IReadOnlyList<GeneratedFunction> Functions { get; init; }

    /// <summary>What the sections hold that are not taken apart any more, by the section's number: elements of the vector, encoded.</summary>
    public required IReadOnlyDictionary<byte, IReadOnlyList<byte[]>> Sections { get; init; }

    /// <summary>Index of the start function, or -1.</summary>
    public required int Start { get; init; }

    /// <summary>The same module with another function in place of one.</summary>
    public GeneratedModule With(int function, GeneratedFunction changed)
    {
        GeneratedFunction[] functions = [.. Functions];
        functions[function] = changed;
        return new GeneratedModule { Types = Types, Imports = Imports, Functions = functions, Sections = Sections, Start = Start };
    }

    /// <summary>The same module without a start function.</summary>
    public GeneratedModule WithoutStart() =>
        new() { Types = Types, Imports = Imports, Functions = Functions, Sections = Sections, Start = -1 };

    /// <summary>The binary format.</summary>
    public byte[] Encode()
    {
        ModuleWriter module = new();
        module.Bytes([0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0]);
        Vector(module, 1, [.. Types.Select(EncodeType)]);
        Vector(module, 2, [.. Imports.Select(EncodeImport)]);
        Vector(module, 3, [.. Functions.Select(static function => Written(writer => writer.U32((uint)function.Type)))]);
        foreach (byte id in (byte[])[4, 5, 6, 7])
            Vector(module, id, Section(id));
        if (Start >= 0)
            module.Section(8, Written(writer => writer.U32((uint)Start)));
        Vector(module, 9, Section(9));
        if (Section(11).Count > 0)
            module.Section(12, Written(writer => writer.U32((uint)Section(11).Count)));
        Vector(module, 10, [.. Functions.Select(EncodeBody)]);
        Vector(module, 11, Section(11));
        return module.Written.ToArray();
    }

    /// <summary>What an action writes.</summary>
    public static byte[] Written(Action<ModuleWriter> write)
    {
        ModuleWriter writer = new();
        write(writer);
        return writer.Written.ToArray();
    }

    private IReadOnlyList<byte[]> Section(byte id) => Sections.GetValueOrDefault(id) ?? [];

    private static byte[] EncodeImport((string Module, string Name, int Type) import) => Written(writer =>
    {
        writer.Name(import.Module);
        writer.Name(import.Name);
        writer.Byte((byte)WasmExternKind.Function);
        writer.U32((uint)import.Type);
    });

    private static byte[] EncodeType(WasmFunctionType type) => Written(writer =>
    {
        writer.Byte(0x60);
        Types(type.Parameters);
        Types(type.Results);

        void Types(IReadOnlyList<WasmValueType> types)
        {
            writer.U32((uint)types.Count);
            foreach (WasmValueType item in types)
                writer.Byte((byte)item);
        }
    });

    private static byte[] EncodeBody(GeneratedFunction function)
    {
        byte[] body = Written(writer =>
        {
            writer.U32((uint)function.Locals.Count);
            foreach (WasmValueType local in function.Locals)
            {
                writer.U32(1);
                writer.Byte((byte)local);
            }

            foreach (byte[] instruction in function.Instructions)
                writer.Bytes(instruction);
        });
        return Written(writer =>
        {
            writer.U32((uint)body.Length);
            writer.Bytes(body);
        });
    }

    private static void Vector(ModuleWriter module, byte id, IReadOnlyList<byte[]> items)
    {
        if (items.Count == 0)
            return;
        module.Section(id, Written(writer =>
        {
            writer.U32((uint)items.Count);
            foreach (byte[] item in items)
                writer.Bytes(item);
        }));
    }
}
