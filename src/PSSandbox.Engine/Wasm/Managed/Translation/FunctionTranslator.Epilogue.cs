using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>What stands behind the code that runs: traps, and what loops call when they are interrupted.</content>
internal sealed partial class FunctionTranslator
{
    private int TrapLabel(WasmTrapKind kind)
    {
        ref int label = ref _trapLabels[(int)kind];
        if (label < 0)
            label = _il.NewLabel();
        return label;
    }

    // Out of the way of the code that runs: what loops call when interrupted, and the traps.
    private void Epilogue()
    {
        foreach (LoopStub stub in _loopStubs)
            EmitLoopStub(stub);

        for (int kind = 0; kind < _trapLabels.Length; kind++)
        {
            if (_trapLabels[kind] < 0)
                continue;
            _il.Mark(_trapLabels[kind]);
            _il.Call(_assembly.Support(typeof(Traps), (WasmTrapKind)kind switch
            {
                WasmTrapKind.MemoryOutOfBounds => nameof(Traps.MemoryOutOfBounds),
                WasmTrapKind.TableOutOfBounds => nameof(Traps.UndefinedElement),
                WasmTrapKind.OutOfFuel => nameof(Traps.OutOfFuel),
                WasmTrapKind.UninitializedElement => nameof(Traps.UninitializedElement),
                _ => nameof(Traps.IndirectCallTypeMismatch),
            }));
            EmitDefaultReturn();
        }
    }

    // Around a loop without calls nothing shall live across this call either: floats would then be in memory all the time,
    // and few integers in registers. So what is live is stored before it and loaded again after it.
    private void EmitLoopStub(LoopStub stub)
    {
        _il.Mark(stub.Label);
        if (stub.Live is { } live)
        {
            LoadContext(Context.SaveArea);
            _il.Op(IL.Ldind_I);
            _il.Stloc(_saveLocal = _saveLocal < 0 ? NewLocal(LocalType.Native) : _saveLocal);
            SaveLocals(live, stub.Parameters, save: true);
        }

        _il.Ldarg(0);
        CallSupport(nameof(GuestSupport.OnLoop));
        if (stub.Live is { } again)
        {
            LoadContext(Context.SaveArea);
            _il.Op(IL.Ldind_I);
            _il.Stloc(_saveLocal);
            SaveLocals(again, stub.Parameters, save: false);
        }

        _il.Branch(IL.Br, stub.Back);
    }

    private void SaveLocals(ulong live, int[]? parameters, bool save)
    {
        int slot = 0;
        for (int local = 0; local < _localCount; local++)
        {
            if ((live >> local & 1) == 0)
                continue;
            LoadSaveSlot(slot++);
            if (!save)
                EmitLoadIndirect(_localTypes[local]);
            if (save)
                EmitLocal(local);
            else
                EmitSetLocal(local);
            if (save)
                EmitStoreIndirect(_localTypes[local]);
        }

        // The parameters of the loop itself, as far as there is room.
        foreach (int temporary in parameters.AsSpan()[..Math.Min(parameters?.Length ?? 0, Context.SaveSlots - slot)])
        {
            LoadSaveSlot(slot++);
            LocalType type = _ilLocals[temporary];
            if (save)
            {
                _il.Ldloc(temporary);
                EmitStoreIndirect(type);
            }
            else
            {
                EmitLoadIndirect(type);
                _il.Stloc(temporary);
            }
        }
    }

    private void LoadSaveSlot(int slot)
    {
        _il.Ldloc(_saveLocal);
        if (slot == 0)
            return;
        _il.I4(slot * 16);
        _il.Op(IL.Add);
    }

    // Unreachable at run time, but the code must not fall off its end.
    private void EmitDefaultReturn()
    {
        if (_type.Results is [WasmValueType first, ..])
            EmitConstant(new Node { Kind = NodeKind.Constant, Type = first.ToLocalType() });
        _il.Op(IL.Ret);
    }
}
