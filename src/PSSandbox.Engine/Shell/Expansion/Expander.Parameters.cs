using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

// Parameter expansion (POSIX.1-2024 XCU 2.6.2, bash manual 3.5.3): what a parameter is, and what becomes of it.
internal sealed partial class Expander
{
    /// <summary>The value of <c>$1</c> and so on; null if unset.</summary>
    private string? GetPositional(int number)
    {
        ReadOnlySpan<string> positional = _host.Positional;
        return (uint)(number - 1) < (uint)positional.Length ? positional[number - 1] : null;
    }

    private string? GetSpecial(char name) => name switch
    {
        '?' => IntegerText.Format(_host.LastStatus),
        '#' => IntegerText.Format(_host.Positional.Length),
        '$' => IntegerText.Format(_host.ShellProcessId),
        '!' => _host.LastBackgroundProcessId == 0 ? null : IntegerText.Format(_host.LastBackgroundProcessId),
        '-' => _host.OptionLetters,
        '0' => _host.ShellName,
        '@' or '*' => _host.Positional.Length == 0 ? null : LargeText.Join(Separators.First, _host.Positional, _host),
        _ => null,
    };

    private void AppendParameter(FieldBuilder builder, ParameterPart part, bool quoted)
    {
        switch (part.Operator)
        {
            case ParameterOperator.Invalid:
                throw new ShellExpansionException($"{part.InvalidText}: bad substitution");
            case ParameterOperator.NamesWithPrefix:
                AppendList(builder, Variables.NamesWithPrefix(part.Name), part.Letter == '*', quoted);
                return;
            case ParameterOperator.Keys:
                AppendList(builder, KeysOf(part), part.Subscript!.Kind == SubscriptKind.Star, quoted);
                return;
        }

        ParameterTarget target = Resolve(part);
        if (part.Operator == ParameterOperator.Length)
        {
            AppendValue(builder, IntegerText.Format(LengthOf(target)), quoted);
            return;
        }

        if (target.IsList)
        {
            AppendListParameter(builder, part, target, quoted);
            return;
        }

        string? value = target.IsNone ? null : GetValue(target);
        switch (part.Operator)
        {
            case ParameterOperator.Default or ParameterOperator.Assign or ParameterOperator.Error or ParameterOperator.Alternative:
                AppendTested(builder, part, target, value, quoted);
                return;
            case ParameterOperator.Transform when part.Letter is 'a' or 'A' or 'K' or 'k':
                string described = Transformations.Describe(_host, target, value, part.Letter);
                AppendValue(builder, described, quoted);
                return;
        }

        if (value is null)
        {
            CheckUnset(target);
            if (part.Operator is ParameterOperator.Substring)
                Evaluate(part.Offset!);
            return;
        }

        AppendValue(builder, part.Operator == ParameterOperator.None ? value : Apply(part, target, value), quoted);
    }

    private void AppendTested(FieldBuilder builder, ParameterPart part, in ParameterTarget target, string? value, bool quoted)
    {
        bool missing = value is null || (part.TestsNull && value.Length == 0);
        if (part.Operator == ParameterOperator.Alternative)
        {
            if (!missing && part.Argument is not null)
                AppendChosen(builder, part.Argument, quoted);
            return;
        }

        if (!missing)
        {
            AppendValue(builder, value!, quoted);
            return;
        }

        switch (part.Operator)
        {
            case ParameterOperator.Assign:
                value = part.Argument is null ? "" : ExpandSingle(part.Argument);
                AssignTo(target, value);
                AppendValue(builder, GetValue(target) ?? "", quoted);
                break;
            case ParameterOperator.Error:
                throw MissingError(part, target.Text);
            default:
                if (part.Argument is not null)
                    AppendChosen(builder, part.Argument, quoted);
                break;
        }
    }

    /// <summary>The word of an operator. Within quotes it makes a field also where it is a list without elements.</summary>
    private void AppendChosen(FieldBuilder builder, Word argument, bool quoted)
    {
        AppendArgument(builder, argument);
        if (!quoted || !Array.Exists(argument.Parts, static p => p is ParameterPart or DoubleQuotedPart))
            return;
        builder.SetPresent();
        builder.CountElements(1);
    }

    private ShellExpansionException MissingError(ParameterPart part, string name)
    {
        string message = part.Argument is null
            ? (part.TestsNull ? "parameter null or not set" : "parameter not set")
            : ExpandSingle(part.Argument);
        return new ShellExpansionException($"{name}: {message}", IsPosix ? 2 : 1) { EndsShell = true };
    }

    private void CheckUnset(in ParameterTarget target)
    {
        if ((_host.Options & ExpansionOptions.NoUnset) == 0 || target.IsNone)
            return;
        throw new ShellExpansionException(IsPosix ? $"{target.Text}: parameter not set" : $"{target.Text}: unbound variable", IsPosix ? 2 : 1) { EndsShell = true };
    }

    private bool IsPosix => (_host.Options & ExpansionOptions.Posix) != 0;

    private void AssignTo(in ParameterTarget target, string value)
    {
        if (target.Class != ParameterClass.Variable)
            throw new ShellAssignmentException($"${target.Name}: cannot assign in this way");
        if (target.Node is not null || target.Key is not null)
            Variables.AssignElement(target.Name, target.Key ?? SubscriptText(target.Name, target.Node!), value);
        else
            Variables.Assign(target.Name, value);
    }

    // What a parameter names, after ${!name}.
    private ParameterTarget Resolve(ParameterPart part)
    {
        var target = new ParameterTarget { Name = part.Name, Class = part.Class, Number = part.Number, Node = part.Subscript };
        if (!part.IsIndirect)
            return target;
        if (target.Class == ParameterClass.Variable && target.Node is null && Variables.FindDirect(part.Name) is { IsNameref: true } reference)
            return new ParameterTarget { Name = part.Name, Class = ParameterClass.Special, Fixed = reference.Target ?? "" };
        string? name = target.IsList ? JoinList(target) : GetValue(target);
        if (name is null)
        {
            if (part.Operator is ParameterOperator.Default or ParameterOperator.Alternative && target.Class != ParameterClass.Variable)
                return new ParameterTarget { Name = part.Name, Class = ParameterClass.Variable, IsNone = true };
            throw new ShellExpansionException($"{target.Text}: invalid indirect expansion");
        }

        return ParameterTarget.TryParse(name, out ParameterTarget result)
            ? result
            : throw new ShellExpansionException(name.Length == 0 ? $"{target.Text}: invalid indirect expansion" : $"{name}: invalid variable name");
    }

    private string? GetValue(in ParameterTarget target)
    {
        if (target.Fixed is not null)
            return target.Fixed;
        switch (target.Class)
        {
            case ParameterClass.Positional:
                return GetPositional(target.Number);
            case ParameterClass.Special:
                return GetSpecial(target.Name[0]);
        }

        if (target.Node is null && target.Key is null)
            return Variables.Get(target.Name);
        Variable? variable = Variables.Find(target.Name);
        if (variable is null)
            return null;
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
            return Variables.GetAssociative(variable)?[target.Key ?? ExpandSingle(target.Node!.Text)];
        long index = target.Key is not null ? Evaluate(target.Key) : EvaluateSubscript(target.Node!);
        return Variables.GetElement(variable, index);
    }

    /// <summary>The index that a subscript gives.</summary>
    private long EvaluateSubscript(Subscript subscript) =>
        subscript.Expression is { } expression ? Evaluate(expression) : Evaluate(ExpandSingle(subscript.Text));

    /// <summary>A subscript as <see cref="VariableTable.AssignElement(string, string, string, bool)"/> takes it: a key, or an index.</summary>
    private string SubscriptText(string name, Subscript subscript) =>
        Variables.Find(name) is { } variable && (variable.Attributes & VariableAttributes.Associative) != 0
            ? ExpandSingle(subscript.Text)
            : IntegerText.Format(EvaluateSubscript(subscript));

    private long LengthOf(in ParameterTarget target)
    {
        if (target.IsList)
        {
            if (target.Class == ParameterClass.Special)
                return _host.Positional.Length;
            Variable? variable = Variables.Find(target.Name);
            if (variable is null || (!variable.IsSet && variable.Hook is null))
                CheckUnset(new ParameterTarget { Name = target.Name, Class = ParameterClass.Variable });
            return variable is null ? 0 : CountElements(variable);
        }

        string? value = GetValue(target);
        if (value is null)
        {
            CheckUnset(target);
            return 0;
        }

        return Characters.Count(value, IsUtf8, _host);
    }

    private long CountElements(Variable variable) =>
        Variables.GetAssociative(variable)?.Count ?? Variables.GetIndexed(variable)?.Count ?? (Variables.Get(variable) is null ? 0 : 1);
}
