using System.Globalization;
using System.Numerics;
using System.Text.Json;
using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

/// <summary>Runs one script of the specification's test suite, in the JSON form that wast2json writes.</summary>
internal sealed class SpecificationScript : IDisposable
{
    private readonly SpecificationTarget _target;
    private readonly Dictionary<string, object> _named = new(StringComparer.Ordinal);
    private readonly string _folder;
    private object? _last;

    public SpecificationScript(SpecificationTarget target, string folder, byte[] spectest)
    {
        _target = target;
        _folder = folder;
        target.Register("spectest", target.Instantiate(spectest));
    }

    /// <summary>Assertions that held.</summary>
    public int Passed { get; private set; }

    /// <summary>What did not hold, with line numbers.</summary>
    public List<string> Failures { get; } = [];

    public void Run(string json)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray())
        {
            string? failure;
            try
            {
                failure = Execute(command);
            }
            catch (Exception error)
            {
                failure = error.ToString();
            }

            if (failure is null)
                Passed++;
            else
                Failures.Add($"line {command.GetProperty("line").GetInt32()}, {command.GetProperty("type").GetString()}: {failure}");
        }
    }

    public void Dispose() => _target.Dispose();

    private string? Execute(JsonElement command)
    {
        switch (command.GetProperty("type").GetString())
        {
            case "module":
                _last = null;
                _last = _target.Instantiate(ModuleOf(command));
                if (command.TryGetProperty("name", out JsonElement name))
                    _named[name.GetString()!] = _last;
                return null;
            case "register":
                _target.Register(command.GetProperty("as").GetString()!, Target(command));
                return null;
            case "action":
                Act(command.GetProperty("action"));
                return null;
            case "assert_return":
                return Compare(Act(command.GetProperty("action")), command.GetProperty("expected"));
            case "assert_trap" or "assert_exhaustion":
                return Trap(() => Act(command.GetProperty("action")), command.GetProperty("text").GetString()!);
            case "assert_uninstantiable":
                return Trap(() => _target.Instantiate(ModuleOf(command)), command.GetProperty("text").GetString()!);
            case "assert_unlinkable":
                try
                {
                    _target.Instantiate(ModuleOf(command));
                    return "was linked";
                }
                catch (WasmLinkException)
                {
                    return null;
                }

            case "assert_invalid" or "assert_malformed":
                // A malformed text is a matter of the assembler, of which there is none here.
                if (command.GetProperty("module_type").GetString() == "text")
                    return null;
                try
                {
                    _target.Compile(ModuleOf(command));
                    return "was accepted, expected: " + command.GetProperty("text").GetString();
                }
                catch (WasmFormatException)
                {
                    return null;
                }

            default:
                return "unknown command";
        }
    }

    private static string? Trap(Action action, string text)
    {
        try
        {
            action();
            return "did not trap, expected: " + text;
        }
        catch (WasmTrapException trap)
        {
            return trap.Kind == KindOf(text) ? null : $"trapped with '{trap.Message}', expected '{text}'";
        }
    }

    private static WasmTrapKind? KindOf(string text) => text switch
    {
        "unreachable" => WasmTrapKind.Unreachable,
        "out of bounds memory access" => WasmTrapKind.MemoryOutOfBounds,
        "out of bounds table access" or "undefined element" => WasmTrapKind.TableOutOfBounds,
        "indirect call type mismatch" => WasmTrapKind.IndirectCallTypeMismatch,
        "integer divide by zero" => WasmTrapKind.IntegerDivideByZero,
        "integer overflow" => WasmTrapKind.IntegerOverflow,
        "invalid conversion to integer" => WasmTrapKind.InvalidConversionToInteger,
        "call stack exhausted" => WasmTrapKind.StackOverflow,

        // The suite tells the element's index, which an engine need not.
        _ when text.StartsWith("uninitialized", StringComparison.Ordinal) => WasmTrapKind.UninitializedElement,
        _ => null,
    };

    private byte[] ModuleOf(JsonElement command) =>
        File.ReadAllBytes(Path.Combine(_folder, command.GetProperty("filename").GetString()!));

    private object Target(JsonElement element) => element.TryGetProperty("name", out JsonElement name)
        ? _named[name.GetString()!]
        : _last ?? throw new InvalidOperationException("no module");

    private (WasmValue[] Values, IReadOnlyList<WasmValueType> Types) Act(JsonElement action)
    {
        object instance = action.TryGetProperty("module", out JsonElement name)
            ? _named[name.GetString()!]
            : _last ?? throw new InvalidOperationException("no module");
        string field = action.GetProperty("field").GetString()!;
        WasmExport export = _target.Exports(instance).First(candidate => candidate.Name == field);
        if (action.GetProperty("type").GetString() == "get")
        {
            (WasmValue value, WasmValueType valueType) = _target.Get(instance, export);
            return ([value], [valueType]);
        }

        WasmFunctionType type = export.FunctionType!;
        WasmValue[] values = new WasmValue[Math.Max(type.Parameters.Length, type.Results.Length)];
        int count = 0;
        foreach (JsonElement argument in action.GetProperty("args").EnumerateArray())
            values[count++] = Parse(argument);
        _target.Invoke(instance, export, values);
        return (values, type.Results);
    }

    private static WasmValue Parse(JsonElement element)
    {
        string type = element.GetProperty("type").GetString()!;
        JsonElement value = element.GetProperty("value");
        WasmValue result = default;
        if (type == "v128")
        {
            UInt128 bits = 0;
            int width = LaneWidth(element);
            int shift = 0;
            foreach (JsonElement lane in value.EnumerateArray())
            {
                bits |= (UInt128)ParseBits(lane.GetString()!, width) << shift;
                shift += width;
            }

            result.I64 = (long)(ulong)bits;
            result.V128 = System.Runtime.CompilerServices.Unsafe.BitCast<UInt128, System.Runtime.Intrinsics.Vector128<byte>>(bits);
            return result;
        }

        string text = value.GetString()!;
        if (type is "externref" or "funcref")
            result.Reference = text == "null" ? 0 : (nint)long.Parse(text, CultureInfo.InvariantCulture) + 1;
        else
            result.I64 = (long)ParseBits(text, type.EndsWith("32", StringComparison.Ordinal) ? 32 : 64);
        return result;
    }

    private static ulong ParseBits(string text, int width)
    {
        BigInteger number = BigInteger.Parse(text, CultureInfo.InvariantCulture);
        return (ulong)(number & ((BigInteger.One << width) - 1));
    }

    private static int LaneWidth(JsonElement element)
    {
        string lane = element.GetProperty("lane_type").GetString()!;
        return int.Parse(lane.AsSpan(1), CultureInfo.InvariantCulture);
    }

    private static string? Compare((WasmValue[] Values, IReadOnlyList<WasmValueType> Types) actual, JsonElement expected)
    {
        int index = 0;
        foreach (JsonElement value in expected.EnumerateArray())
        {
            if (index >= actual.Types.Count)
                return "too few results";
            WasmValue found = actual.Values[index++];
            string? difference = CompareValue(found, value);
            if (difference is not null)
                return difference;
        }

        return index == actual.Types.Count ? null : "too many results";
    }

    private static string? CompareValue(WasmValue found, JsonElement expected)
    {
        string type = expected.GetProperty("type").GetString()!;
        if (type == "v128")
        {
            int width = LaneWidth(expected);
            UInt128 bits = System.Runtime.CompilerServices.Unsafe.BitCast<System.Runtime.Intrinsics.Vector128<byte>, UInt128>(found.V128);
            foreach (JsonElement lane in expected.GetProperty("value").EnumerateArray())
            {
                ulong mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
                if (CompareBits((ulong)bits & mask, lane.GetString()!, width) is { } difference)
                    return difference;
                bits >>= width;
            }

            return null;
        }

        string text = expected.TryGetProperty("value", out JsonElement value) ? value.GetString()! : "";
        return type switch
        {
            "externref" or "funcref" when text.Length == 0 => found.Reference != 0 ? null : "a null reference",
            "externref" or "funcref" when text == "null" => found.Reference == 0 ? null : "not a null reference",
            "externref" => found.Reference == (nint)long.Parse(text, CultureInfo.InvariantCulture) + 1 ? null : "another reference",
            "i32" or "f32" => CompareBits((uint)found.I32, text, 32),
            _ => CompareBits((ulong)found.I64, text, 64),
        };
    }

    private static string? CompareBits(ulong found, string text, int width)
    {
        bool equal = text switch
        {
            "nan:canonical" when width == 32 => (found & 0x7fffffff) == 0x7fc00000,
            "nan:canonical" => (found & 0x7fffffffffffffff) == 0x7ff8000000000000,
            "nan:arithmetic" when width == 32 => (found & 0x7fc00000) == 0x7fc00000,
            "nan:arithmetic" => (found & 0x7ff8000000000000) == 0x7ff8000000000000,
            _ => found == ParseBits(text, width),
        };
        return equal ? null : $"got {found}, expected {text}";
    }
}
