using System.Text;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary><c>${name@letter}</c>.</summary>
internal static class Transformations
{
    /// <summary>What becomes of one value, by a letter that looks at the value alone.</summary>
    public static string Apply(Expander expander, IExpansionHost host, string value, char letter, string name) => letter switch
    {
        'Q' or 'K' or 'k' => Quoting.Always(value, host),
        'E' => Escapes.Decode(value, Escapes.Style.AnsiC, out _, host),
        'P' => expander.ExpandPrompt(value),
        'U' => LetterCase.ToUpper(value, expander.IsUtf8, host),
        'L' => LetterCase.ToLower(value, expander.IsUtf8, host),
        'u' when value.Length > 0 => UpperFirst(value, expander.IsUtf8),
        'u' => value,
        _ => throw new ShellExpansionException($"${{{name}@{letter}}}: bad substitution"),
    };

    /// <summary><c>@A</c>, <c>@a</c>, <c>@K</c> and <c>@k</c> of a parameter that is no list.</summary>
    public static string Describe(IExpansionHost host, in ParameterTarget target, string? value, char letter)
    {
        Variable? variable = target.Class == ParameterClass.Variable ? host.Variables.Find(target.Name) : null;
        switch (letter)
        {
            case 'a':
                return variable is null ? "" : Letters(variable);
            case 'A':
                if (variable is null)
                    return "";
                string letters = Letters(variable);
                string head = letters.Length == 0 ? "" : $"declare -{letters} ";
                return value is null ? (head.Length == 0 ? "" : head + variable.Name) : $"{head}{variable.Name}={Quoting.Always(value, host)}";
            default:
                return value is null ? "" : Quoting.Always(value, host);
        }
    }

    /// <summary>The same of all elements of an array.</summary>
    public static List<string> DescribeAll(IExpansionHost host, Variable variable, char letter)
    {
        List<string> result = [];
        if (letter == 'A')
        {
            // Words of their own, as bash gives them: quoted too.
            result.Add("declare");
            result.Add(Letters(variable) is { Length: > 0 } letters ? "-" + letters : "--");
            result.Add($"{variable.Name}={Elements(host, variable)}");
            return result;
        }

        StringBuilder joined = new();
        foreach ((string key, string value) in Entries(host, variable))
        {
            switch (letter)
            {
                case 'a':
                    result.Add(Letters(variable));
                    break;
                case 'k':
                    result.Add(key);
                    result.Add(value);
                    break;
                default:
                    bool associative = (variable.Attributes & VariableAttributes.Associative) != 0;
                    joined.Append(joined.Length > 0 ? " " : "").Append(associative ? Quoting.Key(key, host) : key).Append(' ').Append(Quoting.Double(value, host));
                    break;
            }
        }

        if (letter == 'K' && joined.Length > 0)
            result.Add(LargeText.ToText(joined, host) + ((variable.Attributes & VariableAttributes.Associative) != 0 ? " " : ""));
        return result;
    }

    /// <summary>The value of an array as <c>declare -p</c> writes it: <c>([0]="a" [1]="b")</c>.</summary>
    public static string Elements(IExpansionHost host, Variable variable)
    {
        StringBuilder text = new("(");
        bool associative = (variable.Attributes & VariableAttributes.Associative) != 0;
        foreach ((string key, string value) in Entries(host, variable))
        {
            if (text.Length > 1 && !associative)
                text.Append(' ');
            text.Append('[').Append(associative ? Quoting.Key(key, host) : key).Append("]=").Append(Quoting.Double(value, host));
            if (associative)
                text.Append(' ');
        }

        return LargeText.ToText(text.Append(')'), host);
    }

    /// <summary>Attributes as the letters of <c>declare</c>, in bash's order.</summary>
    public static string Letters(Variable variable)
    {
        VariableAttributes a = variable.Attributes;
        StringBuilder text = new();
        Add('a', VariableAttributes.Indexed);
        Add('A', VariableAttributes.Associative);
        Add('i', VariableAttributes.Integer);
        Add('n', VariableAttributes.Nameref);
        Add('r', VariableAttributes.Readonly);
        Add('t', VariableAttributes.Trace);
        Add('x', VariableAttributes.Exported);
        Add('c', VariableAttributes.Capitalize);
        Add('l', VariableAttributes.Lowercase);
        Add('u', VariableAttributes.Uppercase);
        return text.ToString();

        void Add(char letter, VariableAttributes attribute)
        {
            if ((a & attribute) != 0)
                text.Append(letter);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(IExpansionHost host, Variable variable)
    {
        if ((variable.Attributes & VariableAttributes.Associative) != 0)
        {
            if (host.Variables.GetOrdered(variable) is { } map)
            {
                int rounds = 0;
                foreach (KeyValuePair<string, string> entry in map)
                {
                    if ((++rounds & 0xff) == 0)
                        PatternMatcher.CheckAttention(host);
                    yield return entry;
                }
            }
        }
        else if (host.Variables.GetIndexed(variable) is { } indexed)
        {
            int rounds = 0;
            foreach ((long index, string value) in indexed)
            {
                if ((++rounds & 0xff) == 0)
                    PatternMatcher.CheckAttention(host);
                yield return new(IntegerText.Format(index), value);
            }
        }
        else if (host.Variables.Get(variable) is { } value)
        {
            yield return new("0", value);
        }
    }

    private static string UpperFirst(string value, bool utf8)
    {
        int length = Characters.LengthAt(value, 0, utf8);
        return LetterCase.ToUpper(value[..length], utf8) + value[length..];
    }
}
