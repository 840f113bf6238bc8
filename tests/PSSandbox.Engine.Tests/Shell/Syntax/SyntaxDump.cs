using System.Collections;
using System.Reflection;
using System.Text;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

/// <summary>Writes a syntax tree as text: equal trees but for their positions and comments have equal texts.</summary>
internal static class SyntaxDump
{
    // Places, what the interpreter keeps, what follows from other properties, and whether what is there was also written.
    private static readonly HashSet<string> s_left =
    [
        "Position", "Cache", "Comments", "Height", "LiteralText", "LiteralFields", "LiteralName", "InputFile", "Template", "Operands", "Tree", "Error", "Offset",
        "ExplicitDescriptor", "IsImplicit", "Line",
    ];

    private static readonly Dictionary<Type, PropertyInfo[]> s_properties = [];

    private static readonly Word[] s_arguments = ((SimpleCommand)ShellParser.Parse("\"$@\"", ShellParserOptions.Bash).Body.Items[0].Statement).Words;

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
            object? content = property.GetValue(value);

            // A loop over no list is one over the arguments.
            Write(content is null && (value is ForCommand or SelectCommand) && property.Name == "Words" ? s_arguments : content, output);
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
