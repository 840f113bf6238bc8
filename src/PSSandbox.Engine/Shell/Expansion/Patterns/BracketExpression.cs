namespace PSSandbox.Shell.Expansion;

/// <summary>Reads bracket expressions (POSIX XBD 9.3.5) of patterns and of regular expressions.</summary>
internal static class BracketExpression
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="start">The place behind the opening bracket.</param>
    /// <param name="shell">A shell pattern: <c>!</c> negates too, and a backslash quotes.</param>
    /// <param name="utf8">Whether characters are UTF-8 sequences.</param>
    /// <param name="end">The place behind the closing bracket.</param>
    /// <returns>The set; null if the bracket isn't closed, or names what doesn't exist.</returns>
    public static CharacterSet? TryParse(ReadOnlySpan<char> text, int start, bool shell, bool utf8, out int end)
    {
        var set = new CharacterSet();
        int i = start;
        end = start;
        if (i < text.Length && (text[i] == '^' || (shell && text[i] == '!')))
        {
            set.Negated = true;
            i++;
        }

        bool first = true;
        while (i < text.Length)
        {
            if (text[i] == ']' && !first)
            {
                end = i + 1;
                return set;
            }

            first = false;
            if (text[i] == '[' && i + 1 < text.Length && text[i + 1] == ':')
            {
                int close = text[(i + 2)..].IndexOf(":]");
                if (close >= 0)
                {
                    ReadOnlySpan<char> name = text.Slice(i + 2, close);
                    if (!CharacterClass.Exists(name))
                    {
                        if (!shell)
                            return null;
                    }
                    else
                    {
                        set.AddClass(name.ToString(), utf8);
                    }

                    i += close + 4;
                    continue;
                }
            }

            if (!TryReadMember(text, ref i, shell, utf8, out int low))
                return null;
            if (i + 1 < text.Length && text[i] == '-' && text[i + 1] != ']')
            {
                i++;
                if (!TryReadMember(text, ref i, shell, utf8, out int high))
                    return null;
                if (low <= high)
                    set.AddRange(low, high);
                else if (!shell)
                    return null;
            }
            else
            {
                set.AddRange(low, low);
            }
        }

        return null;
    }

    // One character: itself, quoted, [.x.] or [=x=].
    private static bool TryReadMember(ReadOnlySpan<char> text, ref int i, bool shell, bool utf8, out int code)
    {
        code = 0;
        if (text[i] == '[' && i + 1 < text.Length && text[i + 1] is '.' or '=')
        {
            ReadOnlySpan<char> closing = text[i + 1] == '.' ? ".]" : "=]";
            int close = text[(i + 2)..].IndexOf(closing);
            if (close > 0)
            {
                code = Characters.CodeAt(text, i + 2, utf8, out int symbol);
                if (symbol != close)
                    return false;
                i += close + 4;
                return true;
            }
        }

        if (shell && text[i] == '\\' && i + 1 < text.Length)
            i++;
        code = Characters.CodeAt(text, i, utf8, out int length);
        i += length;
        return true;
    }
}
