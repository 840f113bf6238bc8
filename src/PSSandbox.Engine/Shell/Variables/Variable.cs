namespace PSSandbox.Shell.Variables;

/// <summary>
/// A shell variable: attributes and a value, which is a string, an array or computed. Read by anyone who has a
/// <see cref="VariableTable"/>; changed by the table alone, for it may be shared between shells.
/// </summary>
internal sealed class Variable
{
    private string? _value;

    internal Variable(string name, int depth, VariableTable owner, long generation)
    {
        Name = name;
        Depth = depth;
        Owner = owner;
        Generation = generation;
        Special = SpecialNames.Contains(name);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its attributes.</summary>
    public VariableAttributes Attributes { get; internal set; }

    /// <summary>The elements of an indexed array; null when it is none or has never been assigned to.</summary>
    public IndexedArray? Indexed { get; internal set; }

    /// <summary>The elements of an associative array; null when it is none or has never been assigned to.</summary>
    public AssociativeArray? Associative { get; internal set; }

    /// <summary>What a nameref names: a variable or an element, as text; null otherwise.</summary>
    public string? Target { get; internal set; }

    /// <summary>What computes the value, if anything does.</summary>
    public VariableHook? Hook { get; internal set; }

    /// <summary>How many functions deep it is local; 0 for a global variable.</summary>
    public int Depth { get; }

    /// <summary>Whether it was assigned before a command (<c>A=1 cmd</c>), for the time of that command.</summary>
    public bool Temporary { get; internal set; }

    /// <summary>Whether it is exported.</summary>
    public bool IsExported => (Attributes & VariableAttributes.Exported) != 0;

    /// <summary>Whether it can't be changed.</summary>
    public bool IsReadonly => (Attributes & VariableAttributes.Readonly) != 0;

    /// <summary>Whether it is an array of either kind.</summary>
    public bool IsArray => (Attributes & VariableAttributes.AnyArray) != 0;

    /// <summary>Whether it names another variable.</summary>
    public bool IsNameref => (Attributes & VariableAttributes.Nameref) != 0;

    /// <summary>The stored scalar value; null if unset, an array or computed. Ask <see cref="VariableTable.Get(string)"/> for what <c>$name</c> gives.</summary>
    public string? Scalar
    {
        get => _value;
        internal set => _value = value;
    }

    /// <summary>Whether there is a value: <c>declare x</c> makes a variable without one.</summary>
    public bool IsSet => _value is not null || Indexed is not null || Associative is not null || Hook is not null || Target is not null;

    /// <summary>Whether a change concerns what the shell keeps ready: IFS, locale, HOME, PATH …</summary>
    internal bool Special { get; }

    /// <summary>Whether an assignment has nothing to do but to store.</summary>
    internal bool IsPlain => Attributes == VariableAttributes.None && Hook is null && !Special;

    /// <summary>Bytes that it takes, about.</summary>
    internal long Size
    {
        get
        {
            long size = VariableTable.EntrySize + 2L * (_value?.Length ?? 0);
            if (Indexed is not null)
                size += (VariableTable.ElementSize * (long)Indexed.Count) + (2 * Indexed.Characters);
            if (Associative is not null)
                size += (VariableTable.ElementSize * (long)Associative.Count) + (2 * Associative.Characters);
            return size;
        }
    }

    /// <summary>Whose account its size is on.</summary>
    internal VariableTable Owner { get; }

    /// <summary>The store that may change it in place.</summary>
    internal long Generation { get; set; }

    /// <summary>A copy for another store.</summary>
    internal Variable Copy(VariableTable owner, long generation)
    {
        var copy = new Variable(Name, Depth, owner, generation)
        {
            Attributes = Attributes,
            _value = _value,
            Indexed = Indexed,
            Associative = Associative,
            Hook = Hook,
            Target = Target,
            Temporary = Temporary,
        };
        Indexed?.Shared = true;
        Associative?.Shared = true;
        return copy;
    }
}
