namespace PSSandbox.Shell.Interactive;

/// <summary>The words that history expansion sees in a command: as the shell reads them, quotes and operators kept.</summary>
internal static class HistoryWords
{
    /// <summary>Splits a command.</summary>
    public static List<string> Split(string command)
    {
        List<string> words = [];
        for (int at = 0; at < command.Length;)
        {
            if (command[at] is ' ' or '\t' or '\n')
            {
                at++;
                continue;
            }

            int start = at;
            if (IsOperator(command[at]))
            {
                bool single = command[at] is '(' or ')';
                at++;
                while (!single && at < command.Length && command[at] is '&' or '|' or '<' or '>' or ';')
                    at++;
            }
            else
            {
                at = EndOfWord(command, at);
            }

            words.Add(command[start..at]);
        }

        return words;
    }

    private static int EndOfWord(string command, int at)
    {
        char quote = '\0';
        for (; at < command.Length; at++)
        {
            char c = command[at];
            if (c == '\\' && quote != '\'')
                at++;
            else if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"' or '`')
                quote = c;
            else if (c is ' ' or '\t' or '\n' || IsOperator(c))
                break;
        }

        return Math.Min(at, command.Length);
    }

    private static bool IsOperator(char c) => c is '(' or ')' or '<' or '>' or ';' or '&' or '|';
}
