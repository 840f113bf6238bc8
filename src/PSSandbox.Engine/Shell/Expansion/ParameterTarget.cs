using System.Globalization;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary>The parameter that an expansion is about, once <c>${!name}</c> is resolved.</summary>
internal readonly struct ParameterTarget
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What the name names.</summary>
    public required ParameterClass Class { get; init; }

    /// <summary>The number of a positional parameter.</summary>
    public int Number { get; init; }

    /// <summary>The subscript as written in the script.</summary>
    public Subscript? Node { get; init; }

    /// <summary>The subscript as text, where it came from a value.</summary>
    public string? Key { get; init; }

    /// <summary>The value itself, where it is known.</summary>
    public string? Fixed { get; init; }

    /// <summary>Whether there is no such parameter: it counts as unset.</summary>
    public bool IsNone { get; init; }

    /// <summary>Whether it is all elements, of an array or of the positional parameters.</summary>
    public bool IsList => Fixed is null && (Node is not null ? Node.Kind != SubscriptKind.Element : Key is not null ? Key is "@" or "*" : Class == ParameterClass.Special && Name is "@" or "*");

    /// <summary>Whether it is <c>$*</c> or <c>${name[*]}</c>, whose elements are joined in quotes.</summary>
    public bool IsStar => Node is not null ? Node.Kind == SubscriptKind.Star : Key is not null ? Key == "*" : Name == "*";

    /// <summary>As messages name it.</summary>
    public string Text => Key is not null ? $"{Name}[{Key}]" : Node is null ? Name : Node.Kind switch
    {
        SubscriptKind.At => Name + "[@]",
        SubscriptKind.Star => Name + "[*]",
        _ => $"{Name}[{Node.Text.Text ?? Node.Expression?.Template ?? ""}]",
    };

    /// <summary>Reads the value of a variable as the name of a parameter.</summary>
    public static bool TryParse(string text, out ParameterTarget target)
    {
        target = default;
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        string name = bracket > 0 && text[^1] == ']' ? text[..bracket] : text;
        if (VariableTable.IsValidName(name))
        {
            string? key = name.Length < text.Length ? text[(bracket + 1)..^1] : null;
            target = new ParameterTarget { Name = name, Class = ParameterClass.Variable, Key = key };
            return true;
        }

        if (text.Length == 1 && "@*#?-$!0".Contains(text[0], StringComparison.Ordinal))
        {
            target = new ParameterTarget { Name = text, Class = ParameterClass.Special };
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return false;
        target = new ParameterTarget { Name = text, Class = ParameterClass.Positional, Number = number };
        return true;
    }
}
