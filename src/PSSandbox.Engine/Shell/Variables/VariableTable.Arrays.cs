using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Variables;

// Arrays (bash manual 6.7).
internal sealed partial class VariableTable
{
    /// <summary>An element; null if unset. A scalar counts as an array of its value at 0.</summary>
    /// <param name="name">The array; namerefs are followed.</param>
    /// <param name="subscript">An arithmetic expression, or the key of an associative array.</param>
    public string? GetElement(string name, string subscript)
    {
        Variable? variable = Find(name);
        if (variable is null)
            return null;
        return (variable.Attributes & VariableAttributes.Associative) != 0
            ? GetAssociative(variable)?[subscript]
            : GetElement(variable, Owner.EvaluateArithmetic(subscript));
    }

    /// <summary>An element of an indexed array or a scalar; null if unset. A negative index counts from the end.</summary>
    public string? GetElement(Variable variable, long index)
    {
        IndexedArray? array = GetIndexed(variable);
        if (array is null)
        {
            if (index is 0 or -1)
                return Get(variable);
            if (index < 0)
                Owner.Warn($"{variable.Name}: bad array subscript");
            return null;
        }

        if (index < 0)
            index += array.LastIndex + 1;
        if (index >= 0)
            return array[index];
        // Reading is no reason to stop, as in bash.
        Owner.Warn($"{variable.Name}: bad array subscript");
        return null;
    }

    /// <summary>The elements of an indexed array, computed ones too; null if it is none or has none. Not to be changed.</summary>
    public IndexedArray? GetIndexed(Variable variable) =>
        variable.Hook is { IsArray: true } hook ? hook.GetArray(Owner) : variable.Indexed;

    /// <summary>The associative array of a variable, to enumerate its elements.</summary>
    public AssociativeArray? GetOrdered(Variable variable)
    {
        AssociativeArray? array = GetAssociative(variable);
        if (array is { Count: > 4096 })
            array.PutInOrder(Owner.CheckAttention);
        return array;
    }

    /// <summary>The elements of an associative array, computed ones too; null if it is none or has none. Not to be changed.</summary>
    public AssociativeArray? GetAssociative(Variable variable) =>
        variable.Hook is { IsArray: true } hook ? hook.GetMap(Owner) : variable.Associative;

    /// <summary>Assigns an element; makes an indexed array if there is no array.</summary>
    /// <param name="name">The array; namerefs are followed.</param>
    /// <param name="subscript">An arithmetic expression, or the key of an associative array.</param>
    /// <param name="value">The value.</param>
    /// <param name="append">Whether it is appended.</param>
    public void AssignElement(string name, string subscript, string value, bool append = false)
    {
        Variable? variable = FindForElement(ref name);
        if (variable is not null && (variable.Attributes & VariableAttributes.Associative) != 0)
        {
            if (subscript.Length == 0)
                throw new ShellAssignmentException($"{name}[]: bad array subscript");
            variable = Own(variable);
            CheckWritable(variable);
            if (variable.Hook is { } keyed)
                keyed.SetKey(Owner, subscript, append ? keyed.GetMap(Owner)?[subscript] + value : value);
            else
                SetKey(variable, subscript, value, append);
            Changed(variable);
            return;
        }

        AssignElement(name, Owner.EvaluateArithmetic(subscript), value, append);
    }

    /// <summary>Assigns an element of an indexed array, which is made if there is no array. A negative index counts from the end.</summary>
    public void AssignElement(string name, long index, string value, bool append = false)
    {
        Variable? variable = FindForElement(ref name);
        if (variable is not null && (variable.Attributes & VariableAttributes.Associative) != 0)
        {
            AssignElement(name, IntegerText.Format(index), value, append);
            return;
        }

        variable = Own(variable ?? Create(name, 0));
        CheckWritable(variable);
        if (variable.Hook is { } hook)
        {
            hook.SetElement(Owner, index, value);
            return;
        }

        MakeArray(variable, associative: false);
        SetIndex(variable, index, value, append);
        Changed(variable);
    }

    /// <summary>Assigns a whole indexed array, which is the variable's from then on.</summary>
    public void AssignArray(string name, IndexedArray array)
    {
        Variable variable = ForWholeArray(name);
        if (variable.Hook is not null)
            return;
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
            throw new ShellAssignmentException($"{name}: cannot convert associative to indexed array");
        long before = variable.Size;
        variable.Scalar = null;
        variable.Attributes |= VariableAttributes.Indexed;
        variable.Indexed = array;
        Account(variable.Size - before);
        Changed(variable);
    }

    /// <summary>Assigns a whole associative array, which is the variable's from then on.</summary>
    public void AssignArray(string name, AssociativeArray array)
    {
        Variable variable = ForWholeArray(name);
        if (variable.Hook is { } hook)
        {
            foreach ((string key, string value) in array)
                hook.SetKey(Owner, key, value);
            return;
        }

        if ((variable.Attributes & VariableAttributes.Indexed) != 0)
            throw new ShellAssignmentException($"{name}: cannot convert indexed to associative array");
        long before = variable.Size;
        variable.Scalar = null;
        variable.Attributes |= VariableAttributes.Associative;
        variable.Associative = array;
        Account(variable.Size - before);
        Changed(variable);
    }

    /// <summary>Unsets an element; with the subscript <c>@</c> or <c>*</c> of an indexed array all of them.</summary>
    public void UnsetElement(string name, string subscript)
    {
        Variable? variable = FindForElement(ref name);
        if (variable is null)
            return;
        if (variable.IsReadonly)
            throw new ShellAssignmentException($"{name}: cannot unset: readonly variable");
        variable = Own(variable);
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
        {
            if (variable.Associative?[subscript] is not { } old)
                return;
            Account(-(ElementSize + 2L * (subscript.Length + old.Length)));
            Writable(variable, variable.Associative).Remove(subscript);
        }
        else if (subscript is "@" or "*" && variable.Hook is null)
        {
            // The array stays, without elements.
            if (!variable.IsArray)
                throw new ShellAssignmentException($"{name}: not an array variable");
            AssignArray(name, new IndexedArray());
        }
        else if (variable.Indexed is { } indexed)
        {
            long index = Owner.EvaluateArithmetic(subscript);
            if (index < 0)
                index = FromEnd(variable, indexed, index);
            if (indexed[index] is not { } old)
                return;
            Account(-(ElementSize + 2L * old.Length));
            Writable(variable, indexed).Remove(index);
        }
        else if (Owner.EvaluateArithmetic(subscript) == 0)
        {
            Unset(name);
        }
        else if (variable.Hook is null)
        {
            throw new ShellAssignmentException($"{name}: not an array variable");
        }
    }

    private Variable? FindForElement(ref string name)
    {
        if (_names.TryGetValue(name, out Variable? variable) && variable.IsNameref)
        {
            Follow(ref name, out _);
            _names.TryGetValue(name, out variable);
            if (variable is { IsNameref: true })
                throw new ShellAssignmentException($"{name}: not a valid identifier");
        }

        return variable;
    }

    private Variable ForWholeArray(string name)
    {
        Variable variable;
        if (_names.TryGetValue(name, out Variable? reference) && reference is { IsNameref: true, Target: null })
        {
            Owner.Warn($"warning: {name}: removing nameref attribute");
            variable = Own(reference);
            variable.Attributes &= ~VariableAttributes.Nameref;
        }
        else
        {
            variable = Own(FindForElement(ref name) ?? Create(name, 0));
        }

        CheckWritable(variable);
        return variable;
    }

    private static void CheckWritable(Variable variable)
    {
        if (variable.IsReadonly)
            throw new ShellAssignmentException($"{variable.Name}: readonly variable");
    }

    // Turns an owned variable into an array, its value becoming element 0.
    private void MakeArray(Variable variable, bool associative)
    {
        if (associative)
        {
            if ((variable.Attributes & VariableAttributes.Indexed) != 0)
                throw new ShellAssignmentException($"{variable.Name}: cannot convert indexed to associative array");
            variable.Attributes |= VariableAttributes.Associative;
            if (variable.Scalar is { } value)
            {
                variable.Associative = new AssociativeArray();
                variable.Associative.Set("0", value);
                variable.Scalar = null;
            }
        }
        else
        {
            if ((variable.Attributes & VariableAttributes.Associative) != 0)
                throw new ShellAssignmentException($"{variable.Name}: cannot convert associative to indexed array");
            variable.Attributes |= VariableAttributes.Indexed;
            if (variable.Scalar is { } value)
            {
                variable.Indexed = new IndexedArray([value]);
                variable.Scalar = null;
            }
        }
    }

    private void SetIndex(Variable variable, long index, string value, bool append)
    {
        variable.Indexed ??= new();
        if (index < 0)
            index = FromEnd(variable, variable.Indexed, index);
        string? old = variable.Indexed[index];
        value = Transform(variable, old, value, append);
        Account(2L * (value.Length - (old?.Length ?? 0)) + (old is null ? ElementSize : 0));
        Writable(variable, variable.Indexed).Set(index, value);
    }

    private void SetKey(Variable variable, string key, string value, bool append)
    {
        variable.Associative ??= new();
        string? old = variable.Associative[key];
        value = Transform(variable, old, value, append);
        Account(2L * (value.Length - (old?.Length ?? 0)) + (old is null ? ElementSize + 2L * key.Length : 0));
        Writable(variable, variable.Associative).Set(key, value);
    }

    private static long FromEnd(Variable variable, IndexedArray array, long index)
    {
        long result = array.LastIndex + 1 + index;
        return result >= 0 ? result : throw new ShellAssignmentException($"{variable.Name}[{index}]: bad array subscript");
    }

    private IndexedArray Writable(Variable variable, IndexedArray array)
    {
        if (!array.Shared)
            return array;
        return variable.Indexed = array.Clone(Owner.CheckAttention);
    }

    private AssociativeArray Writable(Variable variable, AssociativeArray array)
    {
        if (!array.Shared)
            return array;
        return variable.Associative = array.Clone(Owner.CheckAttention);
    }
}
