using PSSandbox.Shell.Completing;

namespace PSSandbox.Shell.Interactive;

/// <summary>Takes the command that is being typed apart, as COMP_WORDS has it: at blanks and at the characters that break words.</summary>
internal static class CommandWords
{
    private const string Breaks = "=:><|&;(";

    /// <summary>The words of the command in which the cursor stands at the end of a line.</summary>
    public static CompletionRequest Split(string line, in CompletionContext context)
    {
        var words = new List<string>();
        int start = line.LastIndexOf(context.Command, Math.Max(0, context.Start - 1), StringComparison.Ordinal);
        start = Math.Max(0, start);
        for (int previous = start; previous > 0 && (previous = line.LastIndexOf(context.Command, previous - 1, StringComparison.Ordinal)) >= 0;)
        {
            // The first place since the last separator is the command's, others are arguments of the same text.
            if (line.AsSpan(previous, start - previous).IndexOfAny("|&;(\n") >= 0 || previous > 0 && line[previous - 1] is not (' ' or '\t' or '|' or '&' or ';' or '('))
                break;
            start = previous;
        }

        int from = -1;
        char quote = '\0';
        for (int i = start; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else if (c == '\\' && quote == '"')
                    i++;
                continue;
            }

            bool breaks = Breaks.Contains(c) && i > start;
            if (c is ' ' or '\t' || breaks)
            {
                if (from >= 0)
                    words.Add(line[from..i]);
                from = -1;
                if (breaks)
                    words.Add(c.ToString());
                continue;
            }

            if (from < 0)
                from = i;
            if (c == '\\')
                i++;
            else if (c is '\'' or '"')
                quote = c;
        }

        string word = from >= 0 ? line[from..] : "";
        words.Add(word);
        return new CompletionRequest(context.Command, word, words.Count > 1 ? words[^2] : "", [.. words], words.Count - 1, line[start..]);
    }
}
