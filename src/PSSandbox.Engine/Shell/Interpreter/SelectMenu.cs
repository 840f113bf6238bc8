using System.Text;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Interpreter;

/// <summary>The menu of <c>select</c>, in columns as bash lays them out.</summary>
internal static class SelectMenu
{
    private const int TabSize = 8;

    /// <summary>Formats the menu.</summary>
    /// <param name="values">What can be chosen.</param>
    /// <param name="columns">The value of COLUMNS.</param>
    /// <param name="host">The shell, whose process may be ended meanwhile.</param>
    public static string Format(List<string> values, string? columns, IExpansionHost? host)
    {
        int width = int.TryParse(columns, out int wanted) && wanted > 0 ? wanted : 80;
        int digits = values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        int longest = 0;
        foreach (string value in values)
            longest = Math.Max(longest, value.Length);
        int cell = longest + digits + 2 + 2;
        int across = Math.Max(1, width / cell);
        int rows = (values.Count + across - 1) / across;
        int used = (values.Count + rows - 1) / rows;
        if (rows == 1)
        {
            rows = used;
            used = 1;
        }

        int firstDigits = rows.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            int position = 0;
            for (int i = row; i < values.Count; i += rows)
            {
                PatternMatcher.CheckAttention(host);
                int numberWidth = position == 0 ? firstDigits : digits;
                string number = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(numberWidth);
                text.Append(number).Append(") ").Append(values[i]);
                if (i + rows >= values.Count)
                    break;
                int from = position + numberWidth + 2 + values[i].Length;
                Indent(text, from, position + cell);
                position += cell;
            }

            text.Append('\n');
        }

        return LargeText.ToText(text, host);
    }

    private static void Indent(StringBuilder text, int from, int to)
    {
        while (from < to)
        {
            if (to / TabSize > from / TabSize)
            {
                text.Append('\t');
                from += TabSize - from % TabSize;
            }
            else
            {
                text.Append(' ');
                from++;
            }
        }
    }
}
