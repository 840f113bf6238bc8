using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A variable that the interpreter computes from its state: LINENO, RANDOM, SECONDS …</summary>
internal sealed class ComputedVariable(Func<ShellInterpreter, string?> get, Action<ShellInterpreter, string>? set = null) : VariableHook
{
    /// <inheritdoc/>
    public override string? Get(IVariableOwner owner) => get((ShellInterpreter)owner);

    /// <inheritdoc/>
    public override void Set(IVariableOwner owner, string value) => set?.Invoke((ShellInterpreter)owner, value);
}
