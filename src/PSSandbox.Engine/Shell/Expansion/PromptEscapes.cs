using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Backslash escapes of prompts (bash manual 6.9), decoded before a prompt's expansions.</summary>
internal static class PromptEscapes
{
    /// <summary>Decodes them; what only the shell knows it is asked for.</summary>
    public static string Decode(string text, IExpansionHost host)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c != '\\' || i + 1 == text.Length)
            {
                result.Append(c);
                continue;
            }

            char escape = text[++i];
            switch (escape)
            {
                case 'a': result.Append('\a'); break;
                case 'e': result.Append('\x1b'); break;
                case 'n': result.Append('\n'); break;
                case 'r': result.Append('\r'); break;
                case '\\': result.Append('\\'); break;
                case '[' or ']': break;
                case >= '0' and <= '7':
                    int value = 0;
                    int digits = 0;
                    for (; digits < 3 && i < text.Length && text[i] is >= '0' and <= '7'; digits++, i++)
                        value = (value * 8) + text[i] - '0';
                    i--;
                    result.Append((char)(value & 0xff));
                    break;
                default:
                    if (host.ExpandPromptEscape(escape) is { } known)
                        result.Append(known);
                    else
                        result.Append('\\').Append(escape);
                    break;
            }
        }

        return result.ToString();
    }
}
