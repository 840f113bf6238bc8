using System.Text;
using PSSandbox.Wasi;
using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasi;

/// <summary>
/// Writes a WebAssembly module that imports functions and exports each again under its own name, with a memory: through
/// it a test calls the host functions as a guest does.
/// </summary>
internal static class TrampolineModule
{
    public const int MemoryPages = 4;

    public static byte[] Build(string module, IReadOnlyList<ImportFunction> functions)
    {
        var output = new List<byte>();
        output.AddRange("\0asm\u0001\0\0\0"u8);
        Section(output, 1, body =>
        {
            Number(body, functions.Count + 1);
            foreach (ImportFunction function in functions)
            {
                body.Add(0x60);
                Number(body, function.Type.Parameters.Length);
                foreach (WasmValueType type in function.Type.Parameters)
                    body.Add((byte)type);
                Number(body, function.Type.Results.Length);
                foreach (WasmValueType type in function.Type.Results)
                    body.Add((byte)type);
            }

            body.AddRange([0x60, 0, 0]);
        });
        Section(output, 2, body =>
        {
            Number(body, functions.Count);
            for (int i = 0; i < functions.Count; i++)
            {
                Name(body, module);
                Name(body, functions[i].Name);
                body.Add(0);
                Number(body, i);
            }
        });
        Section(output, 3, body =>
        {
            Number(body, functions.Count + 1);
            for (int i = 0; i <= functions.Count; i++)
                Number(body, i);
        });
        Section(output, 5, body => body.AddRange([1, 0, MemoryPages]));
        Section(output, 7, body =>
        {
            Number(body, functions.Count + 2);
            Name(body, "memory");
            body.AddRange([2, 0]);
            for (int i = 0; i < functions.Count; i++)
            {
                Name(body, functions[i].Name);
                body.Add(0);
                Number(body, functions.Count + i);
            }

            Name(body, "_start");
            body.Add(0);
            Number(body, functions.Count * 2);
        });
        Section(output, 10, body =>
        {
            Number(body, functions.Count + 1);
            for (int i = 0; i < functions.Count; i++)
            {
                var code = new List<byte> { 0 };
                for (int p = 0; p < functions[i].Type.Parameters.Length; p++)
                    code.AddRange([0x20, (byte)p]);
                code.Add(0x10);
                Number(code, i);
                code.Add(0x0b);
                Number(body, code.Count);
                body.AddRange(code);
            }

            body.AddRange([2, 0, 0x0b]);
        });
        return [.. output];
    }

    private static void Section(List<byte> output, byte id, Action<List<byte>> write)
    {
        var body = new List<byte>();
        write(body);
        output.Add(id);
        Number(output, body.Count);
        output.AddRange(body);
    }

    private static void Name(List<byte> output, string name)
    {
        Number(output, name.Length);
        output.AddRange(Encoding.ASCII.GetBytes(name));
    }

    private static void Number(List<byte> output, int value)
    {
        for (; value >= 0x80; value >>= 7)
            output.Add((byte)(value | 0x80));
        output.Add((byte)value);
    }
}
