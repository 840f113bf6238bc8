using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Throws traps, with the specification's wording.</summary>
internal static class Traps
{
    /// <summary><c>unreachable</c> was executed.</summary>
    [DoesNotReturn]
    public static void Unreachable() => throw new WasmTrapException(WasmTrapKind.Unreachable, "unreachable");

    /// <summary>A memory access out of bounds.</summary>
    [DoesNotReturn]
    public static void MemoryOutOfBounds() => throw new WasmTrapException(WasmTrapKind.MemoryOutOfBounds, "out of bounds memory access");

    /// <summary>A table access out of bounds.</summary>
    [DoesNotReturn]
    public static void TableOutOfBounds() => throw new WasmTrapException(WasmTrapKind.TableOutOfBounds, "out of bounds table access");

    /// <summary>An indirect call with an index out of bounds.</summary>
    [DoesNotReturn]
    public static void UndefinedElement() => throw new WasmTrapException(WasmTrapKind.TableOutOfBounds, "undefined element");

    /// <summary>An indirect call of a null element.</summary>
    [DoesNotReturn]
    public static void UninitializedElement() => throw new WasmTrapException(WasmTrapKind.UninitializedElement, "uninitialized element");

    /// <summary>An indirect call of a function of another type.</summary>
    [DoesNotReturn]
    public static void IndirectCallTypeMismatch() => throw new WasmTrapException(WasmTrapKind.IndirectCallTypeMismatch, "indirect call type mismatch");

    /// <summary>Division by zero.</summary>
    [DoesNotReturn]
    public static void DivideByZero() => throw new WasmTrapException(WasmTrapKind.IntegerDivideByZero, "integer divide by zero");

    /// <summary>A result that does not fit.</summary>
    [DoesNotReturn]
    public static void IntegerOverflow() => throw new WasmTrapException(WasmTrapKind.IntegerOverflow, "integer overflow");

    /// <summary>A float that is no integer of the type asked for.</summary>
    [DoesNotReturn]
    public static void Truncation(double value)
    {
        if (double.IsNaN(value))
            throw new WasmTrapException(WasmTrapKind.InvalidConversionToInteger, "invalid conversion to integer");
        IntegerOverflow();
    }

    /// <summary>Calls too deep.</summary>
    [DoesNotReturn]
    public static void StackOverflow() => throw new WasmTrapException(WasmTrapKind.StackOverflow, "call stack exhausted");

    /// <summary>Stopped from outside, and nobody to ask.</summary>
    [DoesNotReturn]
    public static void Interrupted() => throw new WasmTrapException(WasmTrapKind.Interrupted, "interrupted");

    /// <summary>The budget is used up.</summary>
    [DoesNotReturn]
    public static void OutOfFuel() => throw new WasmTrapException(WasmTrapKind.OutOfFuel, "all fuel consumed");
}
