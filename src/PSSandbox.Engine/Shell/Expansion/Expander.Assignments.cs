using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

// Assignments: the value is expanded, then assigned.
internal sealed partial class Expander
{
    /// <summary>Makes an assignment: <c>a=1</c>, <c>a+=1</c>, <c>a[i]=1</c>, <c>a=(1 2)</c>.</summary>
    public void Assign(Assignment assignment)
    {
        if (assignment.Elements is not null)
            AssignCompound(assignment);
        else if (assignment.Subscript is not null)
            AssignElement(assignment);
        else
            Variables.Assign(assignment.Name, ExpandSingle(assignment.Value), assignment.IsAppend);
    }

    /// <summary>Makes an assignment for the time of one command, between the table's PushTemporary and Pop.</summary>
    public void AssignTemporary(Assignment assignment)
    {
        // Arrays can't be exported, so elements are expanded and forgotten, as in bash.
        if (assignment.Elements is not null || assignment.Subscript is not null)
            ExpandSingle(assignment.Value);
        else
            Variables.AssignTemporary(assignment.Name, ExpandSingle(assignment.Value), assignment.IsAppend);
    }

    /// <summary>The value of an operand of an arithmetic expression, expanded as in double quotes.</summary>
    internal string ExpandOperand(WordPart part)
    {
        if (GetSimple(part) is { } simple)
            return simple;
        FieldBuilder builder = Rent(FieldMode.Single, null);
        try
        {
            AppendExpansion(builder, part, quoted: true);
            return builder.ToText();
        }
        finally
        {
            Return();
        }
    }

    private void AssignElement(Assignment assignment)
    {
        Subscript subscript = assignment.Subscript!;
        bool associative = IsAssociative(assignment.Name);
        if (subscript.Kind != SubscriptKind.Element && !associative)
            throw new ShellAssignmentException($"{assignment.Name}[{(subscript.Kind == SubscriptKind.At ? "@" : "*")}]: bad array subscript");
        if (associative)
        {
            string key = subscript.Kind == SubscriptKind.Element ? ExpandSingle(subscript.Text) : subscript.Kind == SubscriptKind.At ? "@" : "*";
            if (key.Length == 0)
                throw BadSubscript(assignment.Name, subscript);
            Variables.AssignElement(assignment.Name, key, ExpandSingle(assignment.Value), assignment.IsAppend);
            return;
        }

        if (subscript.Text.Parts.Length == 0)
            throw BadSubscript(assignment.Name, subscript);
        long index = EvaluateSubscript(subscript);
        Variables.AssignElement(assignment.Name, index, ExpandSingle(assignment.Value), assignment.IsAppend);
    }

    private static ShellAssignmentException BadSubscript(string name, Subscript subscript) =>
        new($"{name}[{ShellPrinter.Print(subscript.Text)}]: bad array subscript");

    private bool IsAssociative(string name) => Variables.Find(name) is { } variable && (variable.Attributes & VariableAttributes.Associative) != 0;

    private void AssignCompound(Assignment assignment)
    {
        Variable? variable = Variables.Find(assignment.Name);
        if (variable is { IsReadonly: true })
            throw new ShellAssignmentException($"{assignment.Name}: readonly variable");
        bool transforms = variable is not null && (variable.Attributes & VariableAttributes.Transforming) != 0;
        if (variable is not null && (variable.Attributes & VariableAttributes.Associative) != 0)
            AssignAssociative(assignment, variable, transforms);
        else
            AssignIndexed(assignment, variable, transforms);
    }

    private void AssignIndexed(Assignment assignment, Variable? variable, bool transforms)
    {
        // Everything is expanded before the old elements go away: a=("${a[@]}" x).
        IndexedArray array;
        if (assignment.IsAppend && variable is not null)
        {
            array = Variables.GetIndexed(variable)?.Clone(_host.CheckAttention) ?? new IndexedArray();
            if (!variable.IsArray && Variables.Get(variable) is { } scalar)
                array.Set(0, scalar);
        }
        else
        {
            array = new IndexedArray();
        }

        List<string> fields = [];
        long next = array.LastIndex + 1;
        foreach (ArrayElement element in assignment.Elements!)
        {
            if (element.Subscript is { } subscript)
            {
                long index = EvaluateSubscript(subscript);
                if (index < 0)
                    index += array.LastIndex + 1;
                if (index < 0)
                    throw new ShellAssignmentException($"{assignment.Name}: bad array subscript");
                string value = ExpandSingle(element.Value);
                Set(index, element.IsAppend ? array[index] + value : value);
                next = index + 1;
                continue;
            }

            fields.Clear();
            ExpandWord(element.Value, fields);
            foreach (string field in fields)
                Set(next++, field);
        }

        Variables.AssignArray(assignment.Name, array);

        void Set(long index, string value)
        {
            array.Set(index, transforms ? Variables.Transformed(variable!, value) : value);
            if ((array.Count & 0xfff) == 0)
                CheckFieldCount(array.Count);
        }
    }

    private void AssignAssociative(Assignment assignment, Variable variable, bool transforms)
    {
        AssociativeArray array = assignment.IsAppend && Variables.GetAssociative(variable) is { } old ? old.Clone(_host.CheckAttention) : new AssociativeArray();
        List<string> pairs = [];
        bool subscripts = assignment.Elements is [{ Subscript: not null }, ..];
        foreach (ArrayElement element in assignment.Elements!)
        {
            if (element.Subscript is { } subscript)
            {
                string key = subscript.Kind switch
                {
                    SubscriptKind.At => "@",
                    SubscriptKind.Star => "*",
                    _ => ExpandSingle(subscript.Text),
                };
                if (key.Length == 0)
                    throw BadSubscript(assignment.Name, subscript);
                string value = ExpandSingle(element.Value);
                if (element.IsAppend)
                    value = array[key] + value;
                array.Set(key, transforms ? Variables.Transformed(variable, value) : value);
                continue;
            }

            if (subscripts)
                Variables.Owner.Warn($"{assignment.Name}: {ExpandSingle(element.Value)}: must use subscript when assigning associative array");
            else
                ExpandWord(element.Value, pairs);
        }

        // Words without subscripts are keys and values in turn.
        for (int i = 0; i < pairs.Count; i += 2)
        {
            string value = i + 1 < pairs.Count ? pairs[i + 1] : "";
            array.Set(pairs[i], transforms ? Variables.Transformed(variable, value) : value);
        }

        Variables.AssignArray(assignment.Name, array);
    }
}
