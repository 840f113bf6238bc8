using System.Collections;
using System.Reflection;
using System.Text;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

/// <summary>Writes a syntax tree as text: equal trees but for their positions and comments have equal texts.</summary>
internal static class SyntaxDump
{
    // Places, what the interpreter keeps, and what follows from other properties.
    private static readonly HashSet<string> s_left =
    [
        "Position", "Cache", "Comments", "Height", "LiteralText", "LiteralFields", "LiteralName", "InputFile", "Template", "Operands", "Tree", "Error", "Offset",
    ];

    private static readonly Dictionary<Type, PropertyInfo[]> s_properties = [];

    /// <summary>The text of a tree.</summary>
    public static string Of(object? node)
    {
        StringBuilder output = new();
        Write(node, output);
        return output.ToString();
    }

    private static void Write(object? value, StringBuilder output)
    {
        switch (value)
        {
            case null:
                output.Append('-');
                return;
            case string text:
                output.Append('"').Append(text).Append('"');
                return;
            case IEnumerable list:
                output.Append('[');
                foreach (object? item in list)
                {
                    Write(item, output);
                    output.Append(' ');
                }

                output.Append(']');
                return;
            case ArithmeticExpression expression:
                output.Append("arithmetic");
                Write(expression.Parts, output);
                return;
        }

        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum)
        {
            output.Append(value);
            return;
        }

        output.Append(type.Name).Append('(');
        foreach (PropertyInfo property in PropertiesOf(type))
        {
            output.Append(property.Name).Append(':');
            Write(property.GetValue(value), output);
            output.Append(' ');
        }

        // The one property whose name is also that of a place in text.
        if (value is ParameterPart parameter)
        {
            Write(parameter.Offset, output);
        }

        output.Append(')');
    }

    private static PropertyInfo[] PropertiesOf(Type type)
    {
        lock (s_properties)
        {
            if (!s_properties.TryGetValue(type, out PropertyInfo[]? properties))
            {
                properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !s_left.Contains(p.Name))];
                s_properties.Add(type, properties);
            }

            return properties;
        }
    }
}
