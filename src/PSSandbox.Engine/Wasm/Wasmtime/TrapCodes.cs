namespace PSSandbox.Wasm.Wasmtime;

/// <summary>Turns the library's trap codes into kinds, with the specification's wording.</summary>
internal static class TrapCodes
{
    /// <summary>Makes the exception for a code.</summary>
    /// <param name="code">The library's code (<c>wasmtime_trap_code_t</c>).</param>
    /// <param name="outOfFuel">What the code for used-up fuel is in this version.</param>
    /// <param name="detail">The library's own text, for codes that no module of this specification can raise.</param>
    public static WasmTrapException ToException(byte code, byte outOfFuel, Func<string> detail)
    {
        if (code == outOfFuel)
            return new WasmTrapException(WasmTrapKind.OutOfFuel, "all fuel consumed");
        return code switch
        {
            0 => new WasmTrapException(WasmTrapKind.StackOverflow, "call stack exhausted"),
            1 or 2 => new WasmTrapException(WasmTrapKind.MemoryOutOfBounds, "out of bounds memory access"),
            3 => new WasmTrapException(WasmTrapKind.TableOutOfBounds, "out of bounds table access"),
            4 => new WasmTrapException(WasmTrapKind.UninitializedElement, "uninitialized element"),
            5 => new WasmTrapException(WasmTrapKind.IndirectCallTypeMismatch, "indirect call type mismatch"),
            6 => new WasmTrapException(WasmTrapKind.IntegerOverflow, "integer overflow"),
            7 => new WasmTrapException(WasmTrapKind.IntegerDivideByZero, "integer divide by zero"),
            8 => new WasmTrapException(WasmTrapKind.InvalidConversionToInteger, "invalid conversion to integer"),
            9 => new WasmTrapException(WasmTrapKind.Unreachable, "unreachable"),
            10 => new WasmTrapException(WasmTrapKind.Interrupted, "interrupted"),
            _ => new WasmTrapException(WasmTrapKind.HostFailure, detail()),
        };
    }
}
