using PSSandbox.Fuzzing;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Wasmtime;
using static PSSandbox.Fuzzing.GeneratedModule;

namespace PSSandbox.Benchmarks;

/// <summary>Programs that never end by themselves, each busy with one thing. Their memory has a gibibyte.</summary>
internal static class HostileModules
{
    private const int Pages = 16384;
    private const int Most = 0x3fff0000;
    private const int TableElements = 1_000_000;
    private const byte End = 0x0b;

    private static readonly byte[] Again = [0x0c, 0, End];

    /// <summary>Name and bytes of each.</summary>
    public static IEnumerable<(string Name, byte[] Binary)> All()
    {
        yield return ("loop", Program([0x03, 0x40, .. Again]));
        yield return ("loop of arithmetic", Program([0x03, 0x40, 0x23, 0, .. Const(3), 0x6c, .. Const(1), 0x6a, 0x24, 0, .. Again]));
        yield return ("loop of loads", Program([0x03, 0x40, .. Const(0), .. Const(8), 0x28, 2, 0, 0x36, 2, 0, .. Again]));
        yield return ("loop of br_table", Program([0x03, 0x40, 0x02, 0x40, 0x23, 0, 0x0e, 3, 0, 1, 1, 1, End, .. Again]));
        yield return ("loop of calls", Program([0x03, 0x40, 0x10, 1, .. Again], second: []));
        yield return ("memory.fill of 1 GiB", Program([0x03, 0x40, .. Const(0), .. Const(1), .. Const(Most), 0xfc, 11, 0, .. Again]));
        yield return ("memory.copy of 1 GiB", Program([0x03, 0x40, .. Const(0), .. Const(64), .. Const(Most), 0xfc, 10, 0, 0, .. Again]));
        yield return ("memory.grow to 4 GiB", Program([0x03, 0x40, .. Const(1), 0x40, 0, 0x1a, .. Again]));
        yield return ("table.fill of 1,000,000", Program([0x03, 0x40, .. Const(0), 0xd2, 0, .. Const(TableElements), 0xfc, 17, 0, .. Again]));
        yield return ("table.copy of 1,000,000", Program([0x03, 0x40, .. Const(0), .. Const(1), .. Const(TableElements - 1), 0xfc, 14, 0, 0, .. Again]));
        yield return ("memory.grow that fails", Program([0x03, 0x40, .. Const(60000), 0x40, 0, 0x1a, .. Again]));
        yield return ("random_get of 1 GiB", Calls("random_get", 2, [.. Const(0), .. Const(Most)]));
        yield return ("fd_write of 1 GiB to /dev/null", Calls("fd_write", 4, [.. Vector(Most), .. Const(1), .. Const(64), .. Const(1), .. Const(32)]));
        yield return ("fd_write of 4,000,000 vectors", Calls("fd_write", 4, [.. Const(1), .. Const(64), .. Const(4_000_000), .. Const(32)]));
        yield return ("fd_read of 1 GiB of /dev/zero", Calls("fd_read", 4, [.. Vector(Most), .. Const(0), .. Const(64), .. Const(1), .. Const(32)]));
        yield return ("poll_oneoff of 1,000,000 hours", Calls("poll_oneoff", 4, [.. Const(4096), .. Const(0x10000000), .. Const(1_000_000), .. Const(32)]));
        yield return ("path_filestat_get of a long path", Calls(
            "path_filestat_get", 5, [.. Path(), .. Const(3), .. Const(0), .. Const(4096), .. Const(0x100000), .. Const(128)]));
        yield return ("fd_readdir of a large buffer", Calls("fd_readdir", 5, [.. Const(3), .. Const(4096), .. Const(Most / 2), 0x42, 0, .. Const(32)]));
        yield return ("args_get", Calls("args_get", 2, [.. Const(4096), .. Const(8192)]));
        yield return ("a function of 2 MiB of blocks", Large(Repeat(500_000, 0x02, 0x40, 0x01, End)));
        yield return ("a function of 2 MiB of loops", Large(Repeat(250_000, 0x03, 0x40, 0x23, 0, 0x1a, End)));
        yield return ("a function of 2 MiB of arithmetic", Large([0x23, 0, .. Repeat(400_000, 0x23, 0, 0x6a, 0x22, 0), 0x1a]));
        yield return ("a function of 4,000 nested blocks and branches", Large(
            [.. Repeat(4000, 0x02, 0x40), .. Repeat(4000, 0x23, 0, 0x0d, 0x80, 0x10, 0x23, 0, 0x0d, 0x90, 0x1e), .. Repeat(4000, End)]));
        yield return ("thirty functions of 60,000 branch targets", Many(30, [0x02, 0x40, 0x23, 0, 0x0e, .. U(60_000), .. Repeat(60_000, 0), 0, End]));
        yield return ("a hundred functions of 20,000 locals", Many(100, [0x20, 10, 0x1a], 20_000 - 1));
    }

    private static byte[] Const(int value) => Written(writer =>
    {
        writer.Byte(0x41);
        writer.Signed(value);
    });

    private static byte[] U(uint value) => Written(writer => writer.U32(value));

    private static byte[] Repeat(int count, params byte[] bytes) => [.. Enumerable.Repeat(bytes, count).SelectMany(static part => part)];

    // One buffer of a length, described at 64.
    private static byte[] Vector(int length) => [.. Const(64), .. Const(4096), 0x36, 2, 0, .. Const(68), .. Const(length - 4096), 0x36, 2, 0];

    // A mebibyte of "./" at 4096.
    private static byte[] Path() => [.. Const(4096), .. Const(0x2f), .. Const(0x100000), 0xfc, 11, 0, .. Const(4096), .. Const('.'), 0x3a, 0, 0];

    // Calls a function of WASI again and again. The last bytes are its arguments; what comes before them is done each time too.
    private static byte[] Calls(string function, int parameters, byte[] arguments)
    {
        WasmValueType[] types = [.. Enumerable.Repeat(WasmValueType.I32, parameters)];
        if (function == "fd_readdir")
            types[3] = WasmValueType.I64;
        return Program([0x03, 0x40, .. arguments, 0x10, 0, 0x1a, .. Again], import: (function, types));
    }

    private static byte[] Large(byte[] body) => Many(1, body);

    // The work is the compiler's; the program itself would end at once.
    private static byte[] Many(int count, byte[] body, int locals = 0)
    {
        GeneratedFunction function = new(1, [.. Enumerable.Repeat(WasmValueType.I32, locals)], [body, [End]]);
        return new GeneratedModule
        {
            Types = [new WasmFunctionType([], []), new WasmFunctionType([WasmValueType.I32], [])],
            Imports = [],
            Functions = [new(0, [], [[End]]), .. Enumerable.Repeat(function, count)],
            Sections = Sections(0),
            Start = -1,
        }.Encode();
    }

    private static byte[] Program(byte[] body, byte[]? second = null, (string Name, WasmValueType[] Parameters)? import = null)
    {
        List<GeneratedFunction> functions = [new(0, [], [body, [End]])];
        if (second is not null)
            functions.Add(new GeneratedFunction(0, [], [second, [End]]));
        return new GeneratedModule
        {
            Types = [new WasmFunctionType([], []), new WasmFunctionType(import?.Parameters ?? [], [WasmValueType.I32])],
            Imports = import is { } wanted ? [("wasi_snapshot_preview1", wanted.Name, 1)] : [],
            Functions = functions,
            Sections = Sections(import is null ? 0 : 1),
            Start = -1,
        }.Encode();
    }

    private static Dictionary<byte, IReadOnlyList<byte[]>> Sections(int start) => new()
    {
        [4] = [Written(writer =>
        {
            writer.Bytes([0x70, 0]);
            writer.U32(TableElements);
        })],
        [5] = [Written(writer =>
        {
            writer.Byte(0);
            writer.U32(Pages);
        })],
        [6] = [[0x7f, 1, .. Const(0), End]],
        [7] = [Export("_start", 0, start), Export("memory", 2, 0)],
    };

    private static byte[] Export(string name, byte kind, int index) => Written(writer =>
    {
        writer.Name(name);
        writer.Byte(kind);
        writer.U32((uint)index);
    });
}
