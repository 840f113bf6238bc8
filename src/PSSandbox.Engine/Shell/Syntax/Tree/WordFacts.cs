namespace PSSandbox.Shell.Syntax;

/// <summary>Finds the facts a <see cref="Word"/> keeps about its parts.</summary>
internal static class WordFacts
{
    /// <summary>The union of what the parts need.</summary>
    public static WordFlags Find(WordPart[] parts)
    {
        WordFlags flags = WordFlags.None;
        foreach (WordPart part in parts)
        {
            flags |= part.Flags;
        }

        return flags;
    }

    /// <summary>The text after quote removal, or null when a part expands.</summary>
    public static string? FindText(WordPart[] parts, WordFlags flags)
    {
        if ((flags & (WordFlags.HasExpansion | WordFlags.HasTilde | WordFlags.HasBrace)) != 0)
        {
            return null;
        }

        return parts.Length switch
        {
            0 => "",
            1 => parts[0].LiteralText,
            2 => string.Concat(parts[0].LiteralText, parts[1].LiteralText),
            _ => Join(parts),
        };
    }

    private static string Join(WordPart[] parts)
    {
        string[] texts = new string[parts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = parts[i].LiteralText ?? "";
        }

        return string.Concat(texts);
    }
}
