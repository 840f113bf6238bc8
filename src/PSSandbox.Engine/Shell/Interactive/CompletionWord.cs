using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>A word that is being typed, taken apart: the folder it names, and the beginning of a name in that.</summary>
internal sealed class CompletionWord
{
    private CompletionWord(string directory, string name, int length, char quote)
    {
        Directory = directory;
        Name = name;
        Length = length;
        Quote = quote;
    }

    /// <summary>The folder with its last slash, quotes removed, tilde and plain variables expanded; empty without one.</summary>
    public string Directory { get; }

    /// <summary>The beginning of a name in it, quotes removed.</summary>
    public string Name { get; }

    /// <summary>How many bytes of the source the name takes.</summary>
    public int Length { get; }

    /// <summary>The quote that is open at the end; NUL for none.</summary>
    public char Quote { get; }

    /// <summary>Takes a word apart.</summary>
    /// <param name="word">Its source up to the cursor.</param>
    /// <param name="isArgument">Whether what follows an equals sign is a path of its own.</param>
    /// <param name="lookUp">Gives variables; null for one that is not set.</param>
    public static CompletionWord Parse(string word, bool isArgument, Func<string, string?> lookUp)
    {
        var value = new StringBuilder();
        int folder = 0;
        int from = 0;
        char quote = '\0';
        int opened = 0;
        for (int i = 0; i < word.Length; i++)
        {
            char c = word[i];
            if (c == '\\' && quote != '\'' && i + 1 < word.Length)
            {
                if (quote == '"' && word[i + 1] is not ('"' or '\\' or '$' or '`'))
                    value.Append(c);
                c = word[++i];
                value.Append(c);
            }
            else if (c is '\'' or '"' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
                opened = i;
                continue;
            }
            else if (c == '~' && quote == '\0' && i == from && (i + 1 == word.Length || word[i + 1] == '/') && i + 1 < word.Length)
            {
                value.Append(lookUp("HOME") ?? "");
            }
            else if (c == '$' && quote != '\'' && NameLength(word, i + 1) is > 0 and int length)
            {
                value.Append(lookUp(word.Substring(i + 1, length)) ?? "");
                i += length;
            }
            else
            {
                value.Append(c);
            }

            if (c == '/')
            {
                folder = value.Length;
                from = i + 1;
            }
            else if (c == '=' && isArgument && quote == '\0')
            {
                value.Clear();
                folder = 0;
                from = i + 1;
            }
        }

        // A quote that opens the name stays; one within it goes, as the whole name is quoted anew.
        if (quote != '\0' && opened == from && from < word.Length)
            from++;
        else if (quote != '\0' && opened > from)
            quote = '\0';
        return new CompletionWord(value.ToString(0, folder), value.ToString(folder, value.Length - folder), word.Length - from, quote);
    }

    /// <summary>Whether a variable's name is being typed at the end of a word, after <c>$</c> or <c>${</c>.</summary>
    /// <param name="word">The word's source up to the cursor.</param>
    /// <param name="start">Where the name begins.</param>
    /// <param name="isBraced">Whether after <c>${</c>.</param>
    public static bool EndsInVariable(string word, out int start, out bool isBraced)
    {
        start = word.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(word[start - 1]) || word[start - 1] == '_'))
            start--;
        isBraced = start > 1 && word[start - 1] == '{' && word[start - 2] == '$';
        int dollar = isBraced ? start - 2 : start - 1;
        if (dollar < 0 || word[dollar] != '$' || start < word.Length && char.IsAsciiDigit(word[start]))
            return false;
        char quote = '\0';
        for (int i = 0; i < dollar; i++)
        {
            if (word[i] == '\\' && quote != '\'')
                i++;
            else if (word[i] is '\'' or '"' && (quote == '\0' || quote == word[i]))
                quote = quote == '\0' ? word[i] : '\0';
            if (i == dollar)
                return false;
        }

        return quote != '\'' && (dollar == 0 || word[dollar - 1] != '\\');
    }

    private static int NameLength(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        return end > start && !char.IsAsciiDigit(text[start]) ? end - start : 0;
    }
}
