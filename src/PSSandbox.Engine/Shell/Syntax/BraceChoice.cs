using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Syntax;

/// <summary>The alternatives of the first brace expansion of a word, put in its place one after the other.</summary>
internal sealed class BraceChoice
{
    private readonly Word _word;
    private readonly int _index;
    private readonly BracePart _brace;
    private long _next;
    private bool _isDone;

    /// <summary>Begins with the first alternative.</summary>
    public BraceChoice(Word word)
    {
        _word = word;
        _index = Array.FindIndex(word.Parts, part => part.Kind == WordPartKind.Brace);
        _brace = (BracePart)word.Parts[_index];
        _next = _brace.Sequence?.First ?? 0;
    }

    /// <summary>The word with the next alternative; false after the last one.</summary>
    public bool TryNext([NotNullWhen(true)] out Word? word)
    {
        if (_isDone)
        {
            word = null;
            return false;
        }

        if (_brace.Sequence is { } sequence)
        {
            string text = sequence.Format(_next);
            word = Replace([new LiteralPart(_brace.Position, text, LiteralPart.FindFlags(text))]);
            _isDone = sequence.IsLast(_next);
            _next = unchecked(_next + sequence.Step);
        }
        else
        {
            word = Replace(_brace.Alternatives[_next].Parts);
            _isDone = ++_next == _brace.Alternatives.Length;
        }

        return true;
    }

    private Word Replace(WordPart[] middle)
    {
        List<WordPart> parts = new(_word.Parts.Length + middle.Length);
        Append(parts, _word.Parts.AsSpan(0, _index));
        Append(parts, middle);
        Append(parts, _word.Parts.AsSpan(_index + 1));
        return new Word(_word.Position, parts.ToArray());
    }

    private static void Append(List<WordPart> parts, ReadOnlySpan<WordPart> added)
    {
        foreach (WordPart part in added)
        {
            if (part is LiteralPart literal && parts.Count > 0 && parts[^1] is LiteralPart last)
            {
                parts[^1] = new LiteralPart(last.Position, last.Text + literal.Text, last.Flags | literal.Flags);
            }
            else
            {
                parts.Add(part);
            }
        }
    }
}
