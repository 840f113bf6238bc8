using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Variables;

// Dynamic scopes: what a function declares local, and what is assigned for one command, hides what was there before.
internal sealed partial class VariableTable
{
    private VariableFrame? _frame;
    private object _era = new();

    /// <summary>Number of functions that are active.</summary>
    public int FunctionDepth => _frame?.Depth ?? 0;

    /// <summary>A function is called.</summary>
    public void PushFunction() => _frame = new VariableFrame(_frame, temporary: false, FunctionDepth + 1, _era);

    /// <summary>Assignments before a command begin (<c>A=1 cmd</c>).</summary>
    public void PushTemporary() => _frame = new VariableFrame(_frame, temporary: true, FunctionDepth, _era);

    /// <summary>The function, or the command with assignments before it, has ended: what it hid is there again.</summary>
    public void Pop()
    {
        VariableFrame frame = _frame!;
        _frame = frame.Below;
        if (frame.Saved is null)
            return;
        for (int i = frame.Saved.Count - 1; i >= 0; i--)
            Restore(frame.Saved[i].Key, frame.Saved[i].Value);
    }

    /// <summary>Makes a variable local to the function that is running; it is unset unless it inherits.</summary>
    /// <param name="name">The name.</param>
    /// <param name="inherit">Whether it begins with the value and the attributes of what it hides (ash, dash; <c>local -I</c>).</param>
    /// <returns>The variable; the one that is already local if it is.</returns>
    public Variable DeclareLocal(string name, bool inherit = false)
    {
        VariableFrame frame = OwnFrame(FunctionFrame() ?? throw new ShellExpansionException("local: can only be used in a function"));
        Variable? hidden = _names.GetValueOrDefault(name);
        if (hidden is not null && hidden.Depth == frame.Depth && !hidden.Temporary)
            return hidden;
        if (hidden is { IsReadonly: true })
            throw new ShellAssignmentException($"{name}: readonly variable");
        frame.Saved ??= [];
        frame.Saved.Add(new(name, hidden));
        OwnStore();
        Variable local;
        if (hidden is not null && (inherit || hidden.Temporary))
        {
            local = new Variable(name, frame.Depth, this, _store.Generation) { Attributes = hidden.Attributes };
            CopyValue(hidden, local);
        }
        else
        {
            local = new Variable(name, frame.Depth, this, _store.Generation) { Attributes = hidden is null ? VariableAttributes.None : hidden.Attributes & VariableAttributes.Exported };
        }

        Account(local.Size);
        _names[name] = local;
        if (hidden is not null)
            Changed(hidden);
        Changed(local);
        return local;
    }

    /// <summary>Does something with the global variable of a name in the place of the local ones that hide it (<c>declare -g</c>).</summary>
    public void AtGlobal(string name, Action action)
    {
        VariableFrame? holder = null;
        for (VariableFrame? frame = _frame; frame is not null; frame = frame.Below)
        {
            if (frame.IndexOf(name) >= 0)
                holder = frame;
        }

        if (holder is null)
        {
            action();
            return;
        }

        OwnStore();
        Variable? local = _names.GetValueOrDefault(name);
        if (holder.Saved![holder.IndexOf(name)].Value is { } hidden)
            _names[name] = hidden;
        else
            _names.Remove(name);
        try
        {
            action();
        }
        finally
        {
            OwnStore();
            holder = OwnFrame(holder);
            holder.Saved![holder.IndexOf(name)] = new(name, _names.GetValueOrDefault(name));
            if (local is not null)
                _names[name] = local;
            else
                _names.Remove(name);
            _environment = null;
            SpecialVersion++;
        }
    }

    /// <summary>Assigns for the time of a command: between <see cref="PushTemporary"/> and <see cref="Pop"/>. The variable is exported.</summary>
    public void AssignTemporary(string name, string value, bool append = false)
    {
        if (_names.TryGetValue(name, out Variable? reference) && reference.IsNameref && Follow(ref name, out string? subscript) && subscript is not null)
        {
            AssignElement(name, subscript, value, append);
            return;
        }

        Variable? hidden = _names.GetValueOrDefault(name);
        if (hidden is { IsReadonly: true })
            throw new ShellAssignmentException($"{name}: readonly variable");
        VariableFrame frame = OwnFrame(_frame!);
        if (frame.IndexOf(name) < 0)
        {
            frame.Saved ??= [];
            frame.Saved.Add(new(name, hidden));
        }

        OwnStore();
        var variable = new Variable(name, frame.Depth, this, _store.Generation) { Attributes = VariableAttributes.Exported, Temporary = true };
        variable.Scalar = Transform(variable, hidden is null ? null : Get(hidden), value, append);
        Account(variable.Size);
        _names[name] = variable;
        Changed(variable);
    }

    private void CopyValue(Variable from, Variable to)
    {
        to.Scalar = from.Scalar;
        to.Target = from.Target;
        if (from.Hook is { IsArray: false } hook)
            to.Scalar = hook.Get(Owner);
        to.Indexed = from.Indexed?.Clone(Owner.CheckAttention);
        to.Associative = from.Associative?.Clone(Owner.CheckAttention);
    }

    // An unset local stays local; one of a caller goes away, and what it hid is there again (bash manual, unset).
    private void UnsetScoped(Variable variable)
    {
        string name = variable.Name;
        VariableFrame? holder = variable.Depth == 0 && !variable.Temporary ? null : HolderOf(variable);
        if (holder is null)
        {
            Restore(name, null);
            return;
        }

        if (!holder.IsTemporary && holder.Depth == FunctionDepth)
        {
            OwnStore();
            _names[name] = new Variable(name, holder.Depth, this, _store.Generation);
            if (variable.Owner == this)
                Account(EntrySize - variable.Size);
            Changed(variable);
            return;
        }

        holder = OwnFrame(holder);
        int index = holder.IndexOf(name);
        Variable? hidden = holder.Saved![index].Value;
        holder.Saved.RemoveAt(index);
        Restore(name, hidden);
    }

    private void Restore(string name, Variable? variable)
    {
        OwnStore();
        if (_names.TryGetValue(name, out Variable? gone))
        {
            Changed(gone);
            if (gone.Owner == this)
                Account(-gone.Size);
        }

        if (variable is null)
        {
            _names.Remove(name);
            return;
        }

        _names[name] = variable;
        Changed(variable);
    }

    private VariableFrame? FunctionFrame()
    {
        VariableFrame? frame = _frame;
        while (frame is { IsTemporary: true })
            frame = frame.Below;
        return frame;
    }

    private VariableFrame? HolderOf(Variable variable)
    {
        for (VariableFrame? frame = _frame; frame is not null; frame = frame.Below)
        {
            if (frame.IsTemporary == variable.Temporary && frame.Depth == variable.Depth && frame.IndexOf(variable.Name) >= 0)
                return frame;
        }

        return null;
    }

    // The frame, or a copy in its place if a subshell shares it, to change. Frames above it are copied with it.
    private VariableFrame OwnFrame(VariableFrame frame)
    {
        if (frame.Era == _era)
            return frame;
        VariableFrame copy = frame.Copy(_era);
        if (frame == _frame)
            return _frame = copy;
        VariableFrame above = OwnFrame(Above(frame));
        above.Below = copy;
        return copy;
    }

    private VariableFrame Above(VariableFrame frame)
    {
        VariableFrame above = _frame!;
        while (above.Below != frame)
            above = above.Below!;
        return above;
    }
}
