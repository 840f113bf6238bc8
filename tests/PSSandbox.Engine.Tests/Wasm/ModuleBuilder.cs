namespace PSSandbox.Tests.Wasm;

/// <summary>Encodes small modules for tests; bodies are given as bytes, without the final <c>end</c>.</summary>
internal sealed class ModuleBuilder
{
    private readonly List<byte[]> _types = [];
    private readonly List<byte[]> _imports = [];
    private readonly List<int> _functions = [];
    private readonly List<byte[]> _bodies = [];
    private readonly List<byte[]> _globals = [];
    private readonly List<byte[]> _exports = [];
    private readonly List<byte[]> _elements = [];
    private readonly List<byte[]> _data = [];
    private byte[]? _table;
    private byte[]? _memory;
    private int _start = -1;

    public const byte I32 = 0x7f;
    public const byte I64 = 0x7e;
    public const byte F64 = 0x7c;
    public const byte V128 = 0x7b;

    /// <summary>An unsigned LEB128 number.</summary>
    public static byte[] U(uint value)
    {
        List<byte> result = [];
        do
        {
            byte b = (byte)(value & 0x7f);
            value >>= 7;
            result.Add((byte)(value != 0 ? b | 0x80 : b));
        }
        while (value != 0);
        return [.. result];
    }

    /// <summary><c>i32.const</c>.</summary>
    public static byte[] Const(int value)
    {
        List<byte> result = [0x41];
        while (true)
        {
            byte b = (byte)(value & 0x7f);
            value >>= 7;
            if ((value == 0 && (b & 0x40) == 0) || (value == -1 && (b & 0x40) != 0))
            {
                result.Add(b);
                return [.. result];
            }

            result.Add((byte)(b | 0x80));
        }
    }

    public int Type(byte[] parameters, byte[] results)
    {
        _types.Add([0x60, .. U((uint)parameters.Length), .. parameters, .. U((uint)results.Length), .. results]);
        return _types.Count - 1;
    }

    /// <summary>Imports a function; all imports come before functions.</summary>
    public int Import(string module, string name, byte[] parameters, byte[] results)
    {
        _imports.Add([.. Name(module), .. Name(name), 0, .. U((uint)Type(parameters, results))]);
        return _imports.Count - 1;
    }

    public int Function(string? export, byte[] parameters, byte[] results, byte[] body, params byte[] locals)
    {
        int index = _imports.Count + _functions.Count;
        _functions.Add(Type(parameters, results));
        byte[] code = [.. U((uint)locals.Length), .. locals.SelectMany(local => new byte[] { 1, local }), .. body, 0x0b];
        _bodies.Add([.. U((uint)code.Length), .. code]);
        if (export is not null)
            _exports.Add([.. Name(export), 0, .. U((uint)index)]);
        return index;
    }

    public ModuleBuilder Memory(uint minimum, uint? maximum = null)
    {
        _memory = maximum is { } max ? [1, .. U(minimum), .. U(max)] : [0, .. U(minimum)];
        _exports.Add([.. Name("memory"), 2, 0]);
        return this;
    }

    public ModuleBuilder Table(uint minimum, params int[] functions)
    {
        _table = [0x70, 0, .. U(minimum)];
        if (functions.Length > 0)
            _elements.Add([0, 0x41, 0, 0x0b, .. U((uint)functions.Length), .. functions.SelectMany(function => U((uint)function))]);
        return this;
    }

    public ModuleBuilder Global(int value)
    {
        _globals.Add([I32, 1, .. Const(value), 0x0b]);
        return this;
    }

    public ModuleBuilder Data(int offset, byte[] bytes)
    {
        _data.Add([0, .. Const(offset), 0x0b, .. U((uint)bytes.Length), .. bytes]);
        return this;
    }

    public ModuleBuilder Start(int function)
    {
        _start = function;
        return this;
    }

    public byte[] Build()
    {
        List<byte> result = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        Vector(result, 1, _types);
        Vector(result, 2, _imports);
        Vector(result, 3, [.. _functions.Select(type => U((uint)type))]);
        Vector(result, 4, _table is null ? [] : [_table]);
        Vector(result, 5, _memory is null ? [] : [_memory]);
        Vector(result, 6, _globals);
        Vector(result, 7, _exports);
        if (_start >= 0)
            Section(result, 8, U((uint)_start));
        Vector(result, 9, _elements);
        Vector(result, 10, _bodies);
        Vector(result, 11, _data);
        return [.. result];
    }

    private static byte[] Name(string name) => [.. U((uint)name.Length), .. name.Select(c => (byte)c)];

    private static void Vector(List<byte> module, byte id, List<byte[]> items)
    {
        if (items.Count > 0)
            Section(module, id, [.. U((uint)items.Count), .. items.SelectMany(item => item)]);
    }

    private static void Section(List<byte> module, byte id, byte[] content)
    {
        module.Add(id);
        module.AddRange(U((uint)content.Length));
        module.AddRange(content);
    }
}
