using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Calls, direct and indirect.</content>
internal sealed partial class FunctionTranslator
{
    private readonly int[] _methodTokens;
    private int _firstDeferred;

    /// <summary>Says which methods the functions are, and where methods that come later begin.</summary>
    public void SetMethods(int firstFunction, int firstDeferred)
    {
        for (int i = 0; i < _methodTokens.Length; i++)
            _methodTokens[i] = CodeAssembly.MethodToken(firstFunction + i);
        _firstDeferred = firstDeferred;
    }

    private void Call(int function)
    {
        WasmFunctionType type = _module.FunctionType(function);
        PrepareCall(type.Parameters.Length);
        _il.Ldarg(0);
        EmitArguments(type.Parameters.Length);
        _il.Call(_methodTokens[function]);
        PushCallResults(type, -1);
    }

    // Whatever depends on memory or globals is computed before the callee changes them.
    private void PrepareCall(int arguments)
    {
        _maxCallArguments = Math.Max(_maxCallArguments, arguments + 1);
        for (int i = 0; i < _stackCount - arguments; i++)
        {
            ref Node node = ref _nodes[_stack[i]];
            if (node.ReadsMemory || node.ReadsGlobal)
                Materialize(i);
        }
    }

    private void EmitArguments(int count)
    {
        int first = _stackCount - count;
        for (int i = first; i < first + count; i++)
            Emit(_stack[i]);
        _stackCount = first;
    }

    // The first result is on IL's stack, the others in the context of the function's own instance.
    private void PushCallResults(WasmFunctionType type, int record)
    {
        WasmValueType[] results = type.Results;
        for (int i = 0; i < results.Length; i++)
        {
            LocalType local = results[i].ToLocalType();
            if (i > 0)
            {
                if (record >= 0)
                {
                    // A callee of another module has its own layout: the record of its instance tells where.
                    _il.Ldloc(record);
                    _il.I4(i - 1);
                    CallSupport(nameof(GuestSupport.ResultOf));
                }
                else
                {
                    LoadContext(_layout.Scratch + ((i - 1) * 16));
                }

                EmitLoadIndirect(local);
            }

            PushFromIL(local);
        }

        if (record >= 0)
            ReleaseTemporary(record);
    }

    private void CallIndirect(int typeIndex, int table)
    {
        WasmFunctionType type = _module.Types[typeIndex];
        int index = TakeTemporary(LocalType.Native);
        Emit(Pop());
        _il.Op(IL.Conv_U);
        _il.Stloc(index);
        PrepareCall(type.Parameters.Length);
        int record = TakeTemporary(LocalType.Native);
        _il.Ldloc(index);
        LoadTable(table, TableRecord.LengthOffset);
        _il.Op(IL.Ldind_I);
        _il.Branch(IL.Bge_Un, TrapLabel(WasmTrapKind.TableOutOfBounds));
        LoadTable(table, 0);
        _il.Op(IL.Ldind_I);
        _il.Ldloc(index);
        _il.I4(3);
        _il.Op(IL.Shl);
        _il.Op(IL.Add);
        _il.Op(IL.Ldind_I);
        _il.Stloc(record);
        _il.Ldloc(record);
        _il.Branch(IL.Brfalse, TrapLabel(WasmTrapKind.UninitializedElement));
        LoadRecord(record, FunctionRecord.TypeIdOffset);
        LoadContext(_layout.TypeId(typeIndex));
        _il.Op(IL.Ldind_I);
        _il.Branch(IL.Bne_Un, TrapLabel(WasmTrapKind.IndirectCallTypeMismatch));
        ReleaseTemporary(index);
        LoadRecord(record, FunctionRecord.ContextOffset);
        EmitArguments(type.Parameters.Length);
        LoadRecord(record, 0);
        _il.Token(IL.Calli, _assembly.CalliToken(type));
        PushCallResults(type, record);
    }

    private void LoadRecord(int record, int offset)
    {
        _il.Ldloc(record);
        if (offset > 0)
        {
            _il.I4(offset);
            _il.Op(IL.Add);
        }

        _il.Op(IL.Ldind_I);
    }

    // Leaves the address of a field of a table's record.
    private void LoadTable(int table, int offset)
    {
        if (table >= _module.ImportedTables)
        {
            LoadContext(_layout.Table(table) + offset);
            return;
        }

        LoadContext(_layout.Table(table));
        _il.Op(IL.Ldind_I);
        if (offset > 0)
        {
            _il.I4(offset);
            _il.Op(IL.Add);
        }
    }

    /// <summary>Adds the method of an imported function: a host function, or one of another instance.</summary>
    public void AddImport(int function)
    {
        WasmFunctionType type = _module.FunctionType(function);
        _type = type;
        WasmValueType[] parameters = type.Parameters;
        WasmValueType[] results = type.Results;
        _il.Clear();
        _ilLocals.Clear();
        int host = _il.NewLabel();
        int record = NewLocal(LocalType.Native);
        int values = NewLocal(LocalType.Native);
        LoadContext(_layout.Import(function));
        _il.Op(IL.Ldind_I);
        _il.Stloc(record);
        _il.Ldloc(record);
        _il.Branch(IL.Brfalse, host);
        LoadRecord(record, FunctionRecord.ContextOffset);
        for (int i = 0; i < parameters.Length; i++)
            _il.Ldarg(i + 1);
        LoadRecord(record, 0);
        _il.Token(IL.Calli, _assembly.CalliToken(type));
        for (int i = 1; i < results.Length; i++)
        {
            LoadContext(_layout.Scratch + ((i - 1) * 16));
            _il.Ldloc(record);
            _il.I4(i - 1);
            CallSupport(nameof(GuestSupport.ResultOf));
            EmitLoadIndirect(results[i].ToLocalType());
            EmitStoreIndirect(results[i].ToLocalType());
        }

        _il.Op(IL.Ret);
        _il.Mark(host);
        AddHostCall(function, values);
        _assembly.AddFunction("import_" + function, type, _il, _ilLocals, MaxStack + parameters.Length);
    }

    // Arguments and results are raw values of 16 bytes on the host's stack. A result that the host function would leave
    // unset must not show the guest what was there before.
    private void AddHostCall(int function, int values)
    {
        WasmValueType[] parameters = _type.Parameters;
        WasmValueType[] results = _type.Results;
        int count = Math.Max(parameters.Length, results.Length);
        if (count > 0)
        {
            _il.I4(count * 16);
            _il.Op(IL.Conv_U);
            _il.Raw([IL.Prefix, IL.Localloc]);
            _il.Stloc(values);
        }

        for (int i = 0; i < count; i++)
        {
            LoadValueAddress(values, i);
            if (i < parameters.Length)
                _il.Ldarg(i + 1);
            else
                EmitConstant(new Node { Kind = NodeKind.Constant, Type = results[i].ToLocalType() });
            EmitStoreIndirect((i < parameters.Length ? parameters[i] : results[i]).ToLocalType());
        }

        _il.Ldarg(0);
        _il.I4(function);
        _il.Ldloc(values);
        _il.I4(count);
        CallSupport(nameof(GuestSupport.CallHost));
        for (int i = 1; i < results.Length; i++)
        {
            LoadContext(_layout.Scratch + ((i - 1) * 16));
            LoadValueAddress(values, i);
            EmitLoadIndirect(results[i].ToLocalType());
            EmitStoreIndirect(results[i].ToLocalType());
        }

        if (results.Length > 0)
        {
            LoadValueAddress(values, 0);
            EmitLoadIndirect(results[0].ToLocalType());
        }

        _il.Op(IL.Ret);
    }

    private void LoadValueAddress(int values, int index)
    {
        _il.Ldloc(values);
        if (index == 0)
            return;
        _il.I4(index * 16);
        _il.Op(IL.Add);
    }

    /// <summary>Adds the method by which the host calls functions of a type: (context, code, values).</summary>
    public void AddInvoker(string name, WasmFunctionType type)
    {
        WasmValueType[] parameters = type.Parameters;
        WasmValueType[] results = type.Results;
        _il.Clear();
        _ilLocals.Clear();
        _il.Ldarg(0);
        for (int i = 0; i < parameters.Length; i++)
        {
            LoadInvokerValue(i);
            EmitLoadIndirect(parameters[i].ToLocalType());
        }

        _il.Ldarg(1);
        _il.Token(IL.Calli, _assembly.CalliToken(type));
        if (results.Length > 0)
        {
            int first = NewLocal(results[0].ToLocalType());
            _il.Stloc(first);
            LoadInvokerValue(0);
            _il.Ldloc(first);
            EmitStoreIndirect(results[0].ToLocalType());
        }

        for (int i = 1; i < results.Length; i++)
        {
            LoadInvokerValue(i);
            LoadContext(_layout.Scratch + ((i - 1) * 16));
            EmitLoadIndirect(results[i].ToLocalType());
            EmitStoreIndirect(results[i].ToLocalType());
        }

        _il.Op(IL.Ret);
        _assembly.AddInvoker(name, _il, _ilLocals, MaxStack + parameters.Length);
    }

    private void LoadInvokerValue(int index)
    {
        _il.Ldarg(2);
        if (index == 0)
            return;
        _il.I4(index * 16);
        _il.Op(IL.Add);
    }
}
