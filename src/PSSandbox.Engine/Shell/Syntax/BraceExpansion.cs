namespace PSSandbox.Shell.Syntax;

/// <summary>Brace expansion: it looks only at the source, so it gives words of the syntax tree, not text.</summary>
internal static class BraceExpansion
{
    /// <summary>
    /// The words that a word with <see cref="WordFlags.HasBrace"/> stands for, in order, one at a time: a sequence may be very
    /// long, so take them as they come and check limits. A word without parts gives no field.
    /// </summary>
    public static IEnumerable<Word> Expand(Word word)
    {
        if ((word.Flags & WordFlags.HasBrace) == 0)
        {
            yield return word;
            yield break;
        }

        Stack<BraceChoice> choices = new();
        choices.Push(new BraceChoice(word));
        while (choices.TryPeek(out BraceChoice? choice))
        {
            if (!choice.TryNext(out Word? next))
            {
                choices.Pop();
            }
            else if ((next.Flags & WordFlags.HasBrace) != 0)
            {
                choices.Push(new BraceChoice(next));
            }
            else
            {
                yield return next;
            }
        }
    }

    /// <summary>How many words that is; at most 2⁴⁸.</summary>
    public static long Count(Word word)
    {
        const long most = 1L << 48;
        long product = 1;
        foreach (WordPart part in word.Parts)
        {
            if (part is not BracePart brace)
                continue;
            long sum = brace.Sequence?.Count ?? 0;
            foreach (Word alternative in brace.Alternatives)
                sum = Math.Min(sum + Count(alternative), most);
            product = (long)Int128.Min((Int128)product * sum, most);
        }

        return product;
    }

    /// <summary>The word where brace expansion is off (<c>set +B</c>): braces and commas are text.</summary>
    public static Word WithoutExpansion(Word word)
    {
        var parts = new List<WordPart>();
        AddAsText(word.Parts, parts);
        return new Word(word.Position, [.. parts]);
    }

    private static void AddAsText(WordPart[] source, List<WordPart> parts)
    {
        foreach (WordPart part in source)
        {
            if (part is not BracePart brace)
            {
                parts.Add(part);
                continue;
            }

            AddText("{" + brace.Sequence?.Source);
            for (int i = 0; i < brace.Alternatives.Length; i++)
            {
                if (i > 0)
                    AddText(",");
                AddAsText(brace.Alternatives[i].Parts, parts);
            }

            AddText("}");

            void AddText(string text) => parts.Add(new LiteralPart(brace.Position, text, WordFlags.None));
        }
    }
}
