using System.Runtime.InteropServices;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

// "$@", "$*" and arrays: expansions of several values.
internal sealed partial class Expander
{
    private void AppendListParameter(FieldBuilder builder, ParameterPart part, in ParameterTarget target, bool quoted)
    {
        if (part.Operator == ParameterOperator.None && target.Class == ParameterClass.Special)
        {
            AppendList(builder, _host.Positional, target.IsStar, quoted);
            return;
        }

        if (target.Class == ParameterClass.Variable && part.Operator is ParameterOperator.Transform or ParameterOperator.Substring
            && Variables.Find(target.Name) is { IsArray: false } single)
        {
            AppendSingle(builder, part, single, quoted);
            return;
        }

        if (part.Operator == ParameterOperator.Transform && (part.Letter is 'A' or 'K' or 'k' or 'a'))
        {
            AppendTransformedList(builder, part, target, quoted);
            return;
        }

        List<string> values = part.Operator == ParameterOperator.Substring ? Slice(part, target) : ValuesOf(target);
        switch (part.Operator)
        {
            case ParameterOperator.None or ParameterOperator.Substring:
                break;
            case ParameterOperator.Default or ParameterOperator.Assign or ParameterOperator.Error or ParameterOperator.Alternative:
                bool missing = values.Count == 0 || (part.TestsNull && values.Count == 1 && values[0].Length == 0);
                if (part.Operator == ParameterOperator.Alternative ? !missing : missing)
                {
                    if (part.Operator == ParameterOperator.Error)
                        throw MissingError(part, target.Text);
                    if (part.Operator == ParameterOperator.Assign)
                        throw new ShellAssignmentException(target.Class == ParameterClass.Special ? $"${target.Name}: cannot assign in this way" : $"{target.Text}: bad array subscript");
                    if (part.Argument is not null)
                        AppendArgument(builder, part.Argument);
                    return;
                }

                if (part.Operator == ParameterOperator.Alternative)
                {
                    // One empty value is there all the same.
                    if (quoted && values.Count > 0)
                        AppendList(builder, [""], star: false, quoted);
                    return;
                }

                break;
            default:
                for (int i = 0; i < values.Count; i++)
                {
                    if ((i & 0xff) == 0xff)
                        PatternMatcher.CheckAttention(_host);
                    values[i] = Apply(part, target, values[i]);
                }

                break;
        }

        // Where there is no splitting, bash joins what an operator made of "$@" as it joins "$*".
        bool operates = part.Operator is not (ParameterOperator.None or ParameterOperator.Default or ParameterOperator.Assign or ParameterOperator.Error);
        AppendList(builder, CollectionsMarshal.AsSpan(values), target.IsStar, quoted, joins: quoted && operates);
    }

    // ${name[@]@Q} and ${name[@]:1} of what is no array are as without the subscript.
    private void AppendSingle(FieldBuilder builder, ParameterPart part, Variable variable, bool quoted)
    {
        var target = new ParameterTarget { Name = variable.Name, Class = ParameterClass.Variable };
        string? value = Variables.Get(variable);
        string text = part.Operator == ParameterOperator.Transform && part.Letter is 'A' or 'a' or 'K' or 'k'
            ? Transformations.Describe(_host, target, value, part.Letter)
            : value is null ? "" : Apply(part, target, value);
        bool isThere = text.Length > 0 || (value is not null && (part.Operator == ParameterOperator.Substring ? Evaluate(part.Offset!) == 0 : part.Letter is 'E' or 'U' or 'u' or 'L'));
        if (isThere)
            AppendList(builder, [text], star: false, quoted);
    }

    private void AppendList(FieldBuilder builder, List<string> values, bool star, bool quoted) =>
        AppendList(builder, CollectionsMarshal.AsSpan(values), star, quoted);

    private void AppendList(FieldBuilder builder, ReadOnlySpan<string> values, bool star, bool quoted, bool joins = false)
    {
        bool fields = builder.Splits && !(star && quoted);
        // Where there is no splitting, as in an assignment, $@ is joined by blanks and $* by the first character of IFS.
        string joint = star || joins ? builder.Joint : " ";
        if (star && quoted)
            builder.SetPresent();
        builder.CountElements(star && quoted ? 1 : values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if ((i & 0xfff) == 0xfff)
                PatternMatcher.CheckAttention(_host);
            if (i > 0)
            {
                if (fields && !quoted && !IsPosix)
                    builder.BreakElement();
                else if (fields)
                    builder.BreakField(quoted);
                else
                    builder.AppendQuoted(joint);
            }

            AppendValue(builder, values[i], quoted);
        }
    }

    private string JoinList(in ParameterTarget target)
    {
        List<string> values = ValuesOf(target);
        return LargeText.Join(target.IsStar ? Separators.First : " ", CollectionsMarshal.AsSpan(values), _host);
    }

    private List<string> ValuesOf(in ParameterTarget target)
    {
        List<string> values = [];
        if (target.Class == ParameterClass.Special)
            values.AddRange(_host.Positional);
        else if (Variables.Find(target.Name) is { } variable)
            AddValues(variable, values);
        CheckFieldCount(values.Count);
        return values;
    }

    private void AddValues(Variable variable, List<string> values)
    {
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
            Variables.GetOrdered(variable)?.CopyValuesTo(values);
        else if (Variables.GetIndexed(variable) is { } indexed)
            indexed.CopyValuesTo(values);
        else if (Variables.Get(variable) is { } value)
            values.Add(value);
    }

    private List<string> KeysOf(ParameterPart part)
    {
        List<string> keys = [];
        if (Variables.Find(part.Name) is not { } variable)
            return keys;
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
        {
            if (Variables.GetOrdered(variable) is { } map)
            {
                foreach ((string key, _) in map)
                {
                    if ((keys.Count & 0xfff) == 0xfff)
                        PatternMatcher.CheckAttention(_host);
                    keys.Add(key);
                }
            }
        }
        else if (Variables.GetIndexed(variable) is { } indexed)
        {
            foreach ((long index, _) in indexed)
            {
                if ((keys.Count & 0xfff) == 0xfff)
                    PatternMatcher.CheckAttention(_host);
                keys.Add(IntegerText.Format(index));
            }
        }
        else if (Variables.Get(variable) is not null)
        {
            keys.Add("0");
        }

        return keys;
    }

    // ${@:offset:length} and ${name[@]:offset:length}: elements, by number of argument or by index.
    private List<string> Slice(ParameterPart part, in ParameterTarget target)
    {
        long offset = Evaluate(part.Offset!);
        long length = part.Length is null ? long.MaxValue : Evaluate(part.Length);
        List<string> values = [];
        if (target.Class == ParameterClass.Special)
        {
            ReadOnlySpan<string> positional = _host.Positional;
            if (offset < 0)
                offset += positional.Length + 1;
            if (offset < 0)
                return values;
            if (length < 0)
                throw new ShellExpansionException($"{IntegerText.Format(length)}: substring expression < 0");
            if (offset == 0 && length > 0)
            {
                values.Add(_host.ShellName);
                length--;
            }

            for (long i = Math.Max(offset, 1); i <= positional.Length && length > 0; i++, length--)
                values.Add(positional[(int)i - 1]);
            return values;
        }

        if (Variables.Find(target.Name) is not { } variable)
            return values;
        if (length < 0)
        {
            // Nothing is nothing also of a negative length.
            if (offset > (Variables.GetIndexed(variable)?.LastIndex ?? CountElements(variable)) || CountElements(variable) == 0)
                return values;
            throw new ShellExpansionException($"{IntegerText.Format(length)}: substring expression < 0");
        }

        if (Variables.GetIndexed(variable) is { } indexed && (variable.Attributes & VariableAttributes.Associative) == 0)
        {
            if (offset < 0)
                offset += indexed.LastIndex + 1;
            if (offset < 0)
                return values;
            foreach ((long index, string value) in indexed)
            {
                if (length <= 0)
                    break;
                if (index < offset)
                    continue;
                values.Add(value);
                length--;
            }

            return values;
        }

        List<string> all = [];
        AddValues(variable, all);
        if (offset < 0)
            offset += all.Count;
        // Elements of an associative array have no index: bash counts them from 1 here, 0 being the same as 1.
        if ((variable.Attributes & VariableAttributes.Associative) != 0 && offset > 0)
            offset--;
        for (long i = offset; i >= 0 && i < all.Count && length > 0; i++, length--)
            values.Add(all[(int)i]);
        return values;
    }

    private void AppendTransformedList(FieldBuilder builder, ParameterPart part, in ParameterTarget target, bool quoted)
    {
        if (target.Class == ParameterClass.Special)
        {
            List<string> values = ValuesOf(target);
            if (part.Letter == 'a')
                AppendList(builder, values.ConvertAll(static _ => ""), target.IsStar, quoted);
            else if (part.Letter == 'A' && values.Count > 0)
                AppendList(builder, (List<string>)["set", "--", .. values.ConvertAll(Quoted)], target.IsStar, quoted);
            else if (part.Letter != 'A')
                AppendList(builder, values.ConvertAll(Quoted), target.IsStar, quoted);
            return;

            string Quoted(string value)
            {
                PatternMatcher.CheckAttention(_host);
                return Quoting.Always(value, _host);
            }
        }

        if (Variables.Find(target.Name) is not { } variable)
            return;
        AppendList(builder, Transformations.DescribeAll(_host, variable, part.Letter), target.IsStar, quoted);
    }
}
