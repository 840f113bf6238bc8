using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>An associative array that is the interpreter's own table: BASH_ALIASES, BASH_CMDS. What is assigned goes there.</summary>
internal sealed class ComputedMap(
    Func<ShellInterpreter, IEnumerable<KeyValuePair<string, string>>> get, Action<ShellInterpreter, string, string> set) : VariableHook
{
    /// <inheritdoc/>
    public override bool IsArray => true;

    /// <inheritdoc/>
    public override string? Get(IVariableOwner owner) => GetMap(owner)["0"];

    /// <inheritdoc/>
    public override AssociativeArray GetMap(IVariableOwner owner)
    {
        var map = new AssociativeArray();
        foreach ((string key, string value) in get((ShellInterpreter)owner))
            map.Set(key, value);
        return map;
    }

    /// <inheritdoc/>
    public override void SetKey(IVariableOwner owner, string key, string value) => set((ShellInterpreter)owner, key, value);
}
