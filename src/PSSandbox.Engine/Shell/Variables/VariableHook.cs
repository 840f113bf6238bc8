namespace PSSandbox.Shell.Variables;

/// <summary>
/// Computes a variable that the shell keeps itself (RANDOM, LINENO, FUNCNAME …). One hook serves every shell: it is
/// handed the table's owner. Unsetting such a variable removes the hook for good, as bash does.
/// </summary>
internal abstract class VariableHook
{
    /// <summary>Whether it gives an array.</summary>
    public virtual bool IsArray => false;

    /// <summary>Its value; null when it has none now.</summary>
    public abstract string? Get(IVariableOwner owner);

    /// <summary>Its elements, where <see cref="IsArray"/>. The caller doesn't change them.</summary>
    public virtual IndexedArray GetArray(IVariableOwner owner) => new();

    /// <summary>Its elements, where it is an associative array; else null. The caller doesn't change them.</summary>
    public virtual AssociativeArray? GetMap(IVariableOwner owner) => null;

    /// <summary>Takes the assignment of an element of an associative array. Ignored unless overridden.</summary>
    public virtual void SetKey(IVariableOwner owner, string key, string value)
    {
    }

    /// <summary>Takes an assignment. Ignored unless overridden.</summary>
    public virtual void Set(IVariableOwner owner, string value)
    {
    }

    /// <summary>Takes the assignment of an element, where <see cref="IsArray"/>. Ignored unless overridden.</summary>
    public virtual void SetElement(IVariableOwner owner, long index, string value)
    {
    }
}
