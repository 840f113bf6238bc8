using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Variables;

/// <summary>
/// A shell's variables, with dynamic scopes (<c>local</c>, <c>A=1 cmd</c>). <see cref="Clone"/> takes well under a
/// microsecond: subshells share until something changes. Used by one thread at a time; a clone may run on another.
/// </summary>
/// <remarks>
/// Names given to it are valid: <see cref="IsValidName"/>. Methods that assign throw <see cref="ShellAssignmentException"/>
/// for read-only variables and bad subscripts, and <see cref="ShellMemoryException"/> at the memory limit.
/// </remarks>
internal sealed partial class VariableTable
{
    /// <summary>What a variable takes beside its value, in bytes.</summary>
    internal const int EntrySize = 160;

    /// <summary>What an element takes beside its value, in bytes.</summary>
    internal const int ElementSize = 48;

    private const int MaxNamerefs = 8;
    private VariableStore _store;
    private Dictionary<string, Variable> _names;

    /// <summary>Makes an empty table.</summary>
    public VariableTable(IVariableOwner owner)
    {
        Owner = owner;
        _store = new VariableStore();
        _names = _store.Names;
    }

    private VariableTable(IVariableOwner owner, VariableTable other)
    {
        Owner = owner;
        _store = other._store;
        _store.AddUser();
        _names = _store.Names;
        _frame = other._frame;
        _environment = other._environment;
        _foreign = other._foreign;
        SpecialVersion = other.SpecialVersion;
        ExportAll = other.ExportAll;
    }

    /// <summary>The shell whose variables these are.</summary>
    public IVariableOwner Owner { get; }

    /// <summary>Grows when IFS, PATH, HOME, the locale or another variable the shell itself looks at may have changed.</summary>
    public int SpecialVersion { get; private set; }

    /// <summary><c>set -a</c>: what is assigned is exported.</summary>
    public bool ExportAll { get; set; }

    /// <summary>All variables, in no particular order, those declared without a value included.</summary>
    public IReadOnlyCollection<Variable> All => _names.Values;

    /// <summary>Whether a text is a name: letters, digits and underscores, no digit first.</summary>
    public static bool IsValidName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
            return false;
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }

    /// <summary>The table of a subshell. To be released with <see cref="Release"/> when that has ended, so that this one need not copy.</summary>
    public VariableTable Clone(IVariableOwner owner)
    {
        _era = new object();
        return new VariableTable(owner, this);
    }

    /// <summary>The shell has ended: nothing is read or changed any more.</summary>
    public void Release()
    {
        _store.RemoveUser();
        if (_charged != 0)
            Owner.Process?.ReleaseMemory(_charged);
        _bytes = _charged = 0;
        _store = new VariableStore();
        _names = _store.Names;
        _frame = null;
    }

    /// <summary>The variable of a name, namerefs followed; null if there is none, or if it is an element that a nameref names.</summary>
    public Variable? Find(string name)
    {
        if (!_names.TryGetValue(name, out Variable? variable) || !variable.IsNameref)
            return variable;
        return Follow(ref name, out string? subscript) && subscript is null ? FindDirect(name) : null;
    }

    /// <summary>The variable of a name, without following namerefs.</summary>
    public Variable? FindDirect(string name) => _names.GetValueOrDefault(name);

    /// <summary>What <c>$name</c> gives: the value, or element 0 of an array; null if unset.</summary>
    public string? Get(string name) =>
        _names.TryGetValue(name, out Variable? variable) ? variable.Scalar ?? GetSpecial(variable) : null;

    /// <summary>What <c>$name</c> gives for a variable of this table, which isn't a nameref.</summary>
    public string? Get(Variable variable) => variable.Scalar ?? GetSpecial(variable);

    /// <summary>Follows namerefs from a name to the variable or element that is meant.</summary>
    /// <param name="name">The name; becomes the final one.</param>
    /// <param name="subscript">The text in brackets if an element is named, else null.</param>
    /// <returns>False for a circle or a nameref that names nothing yet; <paramref name="name"/> then is the last nameref's.</returns>
    public bool Follow(ref string name, out string? subscript) => Follow(ref name, out subscript, warns: true);

    private static string CircularReference(string name) => $"warning: {name}: circular name reference";

    private bool Follow(ref string name, out string? subscript, bool warns)
    {
        subscript = null;
        string first = name;
        for (int i = 0; i < MaxNamerefs; i++)
        {
            if (!_names.TryGetValue(name, out Variable? variable) || !variable.IsNameref)
                return true;
            string? target = variable.Target;
            if (target is null)
                return false;
            int bracket = target.IndexOf('[', StringComparison.Ordinal);
            if (bracket > 0 && target[^1] == ']')
            {
                subscript = target[(bracket + 1)..^1];
                name = target[..bracket];
                return true;
            }

            if (target == name)
                break;
            name = target;
        }

        if (warns)
            Owner.Warn(CircularReference(first));
        name = first;
        return false;
    }

    /// <summary>Assigns a scalar, or element 0 of an array; makes a global variable if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, before what the attributes make of it.</param>
    /// <param name="append">Whether it is appended (added, with <c>-i</c>).</param>
    public void Assign(string name, string value, bool append = false)
    {
        if (!append && !ExportAll && _names.TryGetValue(name, out Variable? variable) && variable.IsPlain && IsOwn(variable))
        {
            Account(2L * (value.Length - (variable.Scalar?.Length ?? 0)));
            variable.Scalar = value;
            return;
        }

        AssignSlow(name, value, append);
    }

    /// <summary>Unsets a variable (<c>unset -v</c>); with <paramref name="followNameref"/> off a nameref itself.</summary>
    public void Unset(string name, bool followNameref = true)
    {
        if (followNameref && _names.TryGetValue(name, out Variable? reference) && reference.IsNameref)
        {
            if (!Follow(ref name, out string? subscript))
                return;
            if (subscript is not null)
            {
                UnsetElement(name, subscript);
                return;
            }
        }

        if (!_names.TryGetValue(name, out Variable? variable))
            return;
        if (variable.IsReadonly)
            throw new ShellAssignmentException($"{name}: cannot unset: readonly variable");
        UnsetScoped(variable);
    }

    /// <summary>Adds and removes attributes; makes a variable without a value if there is none. Namerefs are not followed.</summary>
    public Variable SetAttributes(string name, VariableAttributes add, VariableAttributes remove = VariableAttributes.None)
    {
        Variable variable = Own(_names.GetValueOrDefault(name) ?? Create(name, 0));
        if (variable.IsReadonly && (remove & VariableAttributes.Readonly) != 0)
            throw new ShellAssignmentException($"{name}: readonly variable");
        if (variable.IsReadonly && (add & ~(variable.Attributes | VariableAttributes.Exported)) != 0)
            throw new ShellAssignmentException($"{name}: readonly variable");
        if ((add & VariableAttributes.AnyArray) != 0)
            MakeArray(variable, (add & VariableAttributes.Associative) != 0);
        if ((add & VariableAttributes.Nameref) != 0 && !variable.IsNameref)
        {
            variable.Target = string.IsNullOrEmpty(variable.Scalar) ? null : variable.Scalar;
            variable.Scalar = null;
        }
        else if ((remove & VariableAttributes.Nameref) != 0 && variable.IsNameref)
        {
            variable.Scalar = variable.Target;
            variable.Target = null;
        }

        const VariableAttributes cases = VariableAttributes.Lowercase | VariableAttributes.Uppercase | VariableAttributes.Capitalize;
        if ((add & cases) != 0)
            remove |= cases & ~add;
        if (variable.IsExported || (add & VariableAttributes.Exported) != 0)
            _environment = null;
        variable.Attributes = (variable.Attributes & ~remove) | add;
        return variable;
    }

    /// <summary>Registers a variable that the shell computes.</summary>
    public void Define(string name, VariableHook hook, VariableAttributes attributes = VariableAttributes.None)
    {
        Variable variable = Own(_names.GetValueOrDefault(name) ?? Create(name, 0));
        variable.Hook = hook;
        bool indexed = hook.IsArray && (attributes & VariableAttributes.Associative) == 0;
        variable.Attributes = attributes | (indexed ? VariableAttributes.Indexed : VariableAttributes.None);
    }

    /// <summary>Names of set variables that begin with a prefix, in byte order.</summary>
    public List<string> NamesWithPrefix(string prefix)
    {
        List<string> names = [];
        foreach ((string name, Variable variable) in _names)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && variable.IsSet)
                names.Add(name);
        }

        LargeSort.Sort(names, Owner as IExpansionHost);
        return names;
    }

    private void AssignSlow(string name, string value, bool append)
    {
        if (_names.TryGetValue(name, out Variable? variable) && variable.IsNameref)
        {
            if (!Follow(ref name, out string? subscript, warns: false))
            {
                if (!_names.TryGetValue(name, out variable) || variable.Target is not null)
                    throw new ShellAssignmentException(CircularReference(name));
                SetTarget(name, value);
                return;
            }

            if (subscript is not null)
            {
                AssignElement(name, subscript, value, append);
                return;
            }

            _names.TryGetValue(name, out variable);
        }

        variable = Own(variable ?? Create(name, 0));
        if (variable.IsReadonly)
            throw new ShellAssignmentException($"{name}: readonly variable");
        if (variable.Hook is { } hook)
        {
            if (hook.IsArray)
                hook.SetElement(Owner, 0, value);
            else
                hook.Set(Owner, value);
        }
        else if (variable.IsArray)
        {
            if ((variable.Attributes & VariableAttributes.Associative) != 0)
                SetKey(variable, "0", value, append);
            else
                SetIndex(variable, 0, value, append);
        }
        else
        {
            value = Transform(variable, variable.Scalar, value, append);
            Account(2L * (value.Length - (variable.Scalar?.Length ?? 0)));
            variable.Scalar = value;
        }

        if (ExportAll)
            variable.Attributes |= VariableAttributes.Exported;
        Changed(variable);
    }

    /// <summary>Whether a nameref may name it: a name, or one with a subscript.</summary>
    public static bool IsValidTarget(string target)
    {
        int bracket = target.IndexOf('[', StringComparison.Ordinal);
        return IsValidName(bracket > 0 && target[^1] == ']' ? target.AsSpan(0, bracket) : target);
    }

    /// <summary>Makes an existing nameref name another variable or element.</summary>
    public void SetTarget(string name, string target)
    {
        if (!IsValidTarget(target))
            throw new ShellAssignmentException($"`{target}': not a valid identifier");
        if (target == name)
            throw new ShellAssignmentException($"{name}: nameref variable self references not allowed");
        Own(_names[name]).Target = target;
    }

    /// <summary>What the attributes of a variable make of a value.</summary>
    public string Transformed(Variable variable, string value) => Transform(variable, null, value, append: false);

    // The shell, whose process may be ended while a large value is made.
    private IExpansionHost? Host => Owner as IExpansionHost;

    private string Transform(Variable variable, string? old, string value, bool append)
    {
        VariableAttributes attributes = variable.Attributes;
        if ((attributes & VariableAttributes.Integer) != 0)
        {
            long number = Owner.EvaluateArithmetic(value);
            if (append && !string.IsNullOrEmpty(old))
                number = unchecked(number + Owner.EvaluateArithmetic(old));
            return IntegerText.Format(number);
        }

        if (append && !string.IsNullOrEmpty(old))
        {
            long length = (long)old.Length + value.Length;
            if (length > (Host?.MaxValueLength ?? int.MaxValue))
                throw new ShellMemoryException();
            Reserve(2 * length);
            value = LargeText.Concat(old, value, Host);
        }

        if ((attributes & VariableAttributes.Transforming) == 0)
            return value;
        return (attributes & VariableAttributes.Lowercase) != 0 ? LetterCase.ToLower(value, Owner.IsUtf8, Host)
            : (attributes & VariableAttributes.Uppercase) != 0 ? LetterCase.ToUpper(value, Owner.IsUtf8, Host)
            : LetterCase.Capitalize(value, Owner.IsUtf8, Host);
    }

    private string? GetSpecial(Variable variable)
    {
        if (variable.Hook is { } hook)
            return hook.Get(Owner);
        if (variable.IsNameref)
        {
            string name = variable.Name;
            if (!Follow(ref name, out string? subscript))
                return null;
            if (subscript is "@" or "*" && Find(name) is { IsArray: true } whole)
                return string.Join(' ', (GetOrdered(whole)?.Select(static e => e.Value) ?? GetIndexed(whole)?.Select(static e => e.Value)) ?? []);
            if (subscript is not null)
                return GetElement(name, subscript);
            return _names.TryGetValue(name, out Variable? target) ? target.Scalar ?? GetSpecial(target) : null;
        }

        return variable.Indexed is { } indexed ? indexed[0] : variable.Associative?["0"];
    }

    // Makes a variable that isn't there, unset.
    private Variable Create(string name, int depth)
    {
        OwnStore();
        var variable = new Variable(name, depth, this, _store.Generation);
        Account(EntrySize + 2 * name.Length);
        if (ExportAll)
            variable.Attributes = VariableAttributes.Exported;
        _names[name] = variable;
        return variable;
    }

    private bool IsOwn(Variable variable) => !_store.IsShared && variable.Generation == _store.Generation;

    private void OwnStore()
    {
        if (!_store.IsShared)
            return;
        _store = _store.Leave();
        _names = _store.Names;
    }

    // The variable, or the copy that takes its place, to change.
    private Variable Own(Variable variable)
    {
        OwnStore();
        long generation = _store.Generation;
        if (variable.Generation == generation)
            return variable;
        if (variable.Owner != this)
            Account(variable.Size);
        Variable copy = variable.Copy(this, generation);
        _names[variable.Name] = copy;
        return copy;
    }

    private void Changed(Variable variable)
    {
        if (variable.IsExported)
            _environment = null;
        if (variable.Special)
            SpecialVersion++;
    }
}
