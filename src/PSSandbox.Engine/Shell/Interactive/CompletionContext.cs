namespace PSSandbox.Shell.Interactive;

/// <summary>Where the cursor stands in a line of shell source: in which word, and what the word is for.</summary>
/// <param name="Start">Where the word begins; the line's length for an empty one.</param>
/// <param name="IsCommand">Whether the word names a command.</param>
/// <param name="Command">The command that the word is an argument of; empty where there is none.</param>
internal readonly record struct CompletionContext(int Start, bool IsCommand, string Command)
{
    private static readonly string[] Transparent =
    [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "coproc",
        "command", "builtin", "exec", "env", "nohup", "nice", "xargs", "setsid", "timeout", "watch",
    ];

    /// <summary>Finds it for a cursor at the end of a text. Null within a comment.</summary>
    public static CompletionContext? Find(string line)
    {
        var outer = new Stack<char>();
        bool command = true;
        bool redirected = false;
        string name = "";
        int start = -1;
        char quote = '\0';
        int i = 0;
        for (; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '$' && quote != '\'' && i + 1 < line.Length && line[i + 1] == '(')
            {
                outer.Push(quote);
                quote = '\0';
                i++;
                Begin();
                continue;
            }

            if (quote != '\0')
            {
                if (c == '\\' && quote == '"')
                    i++;
                else if (c == quote)
                    quote = '\0';
                continue;
            }

            switch (c)
            {
                case ' ' or '\t':
                    EndWord();
                    break;
                case '&' when i > 0 && line[i - 1] is '<' or '>':
                    break;
                case ';' or '&' or '|' or '\n' or '(' or '`':
                    Begin();
                    break;
                case ')':
                    EndWord();
                    if (outer.TryPop(out quote) && start < 0)
                        start = i;
                    break;
                case '<' or '>':
                    EndWord();
                    redirected = true;
                    break;
                case '#' when start < 0:
                    return null;
                default:
                    if (start < 0)
                        start = i;
                    if (c == '\\')
                        i++;
                    else if (c is '\'' or '"')
                        quote = c;
                    break;
            }
        }

        return new CompletionContext(start < 0 ? line.Length : start, command && !redirected, command ? "" : name);

        void Begin()
        {
            start = -1;
            command = true;
            redirected = false;
        }

        void EndWord()
        {
            if (start < 0)
                return;
            string word = line[start..i];
            start = -1;
            if (redirected)
            {
                redirected = false;
            }
            else if (command && !IsAssignment(word) && Array.IndexOf(Transparent, word) < 0)
            {
                command = false;
                name = word;
            }
        }
    }

    private static bool IsAssignment(string word)
    {
        int equals = word.IndexOf('=');
        if (equals <= 0 || char.IsAsciiDigit(word[0]))
            return false;
        foreach (char c in word.AsSpan(0, equals))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '+' or '[' or ']'))
                return false;
        }

        return true;
    }
}
