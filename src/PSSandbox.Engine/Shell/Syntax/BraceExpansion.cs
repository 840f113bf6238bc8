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
}
