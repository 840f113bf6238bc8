using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>An array that the interpreter computes from its state: FUNCNAME, PIPESTATUS, DIRSTACK …</summary>
internal sealed class ComputedArray(Func<ShellInterpreter, IndexedArray> get) : VariableHook
{
    /// <inheritdoc/>
    public override bool IsArray => true;

    /// <inheritdoc/>
    public override string? Get(IVariableOwner owner) => GetArray(owner)[0];

    /// <inheritdoc/>
    public override IndexedArray GetArray(IVariableOwner owner) => get((ShellInterpreter)owner);
}
