using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>
/// Fuel. Instructions are counted while they are translated; the count is taken from the fuel before control goes
/// elsewhere, and whether any is left is asked at the heads of loops and of functions. So the same program with the
/// same input always ends at the same place.
/// </content>
internal sealed partial class FunctionTranslator
{
    private readonly bool _metered;
    private long _fuelPending;

    private void Meter(ushort opcode)
    {
        _fuelPending++;
        if (opcode is (>= Op.Loop and <= Op.CallIndirect) or Op.Unreachable)
            TakeFuel();
    }

    private void TakeFuel()
    {
        if (_fuelPending == 0)
            return;
        LoadContext(Context.Fuel);
        LoadContext(Context.Fuel);
        _il.Op(IL.Ldind_I8);
        _il.I8(_fuelPending);
        _il.Op(IL.Sub);
        _il.Op(IL.Stind_I8);
        _fuelPending = 0;
    }

    private void EmitFuelCheck()
    {
        LoadContext(Context.Fuel);
        _il.Op(IL.Ldind_I8);
        _il.I8(0);
        _il.Branch(IL.Blt, TrapLabel(WasmTrapKind.OutOfFuel));
    }
}
