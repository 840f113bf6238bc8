using System.Buffers;
using System.Text;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Expansion;

// Operators that make something else of a value.
internal sealed partial class Expander
{
    private static readonly SearchValues<char> s_references = SearchValues.Create("&\\");

    private string Apply(ParameterPart part, in ParameterTarget target, string value)
    {
        switch (part.Operator)
        {
            case ParameterOperator.RemoveShortestPrefix or ParameterOperator.RemoveLongestPrefix:
                int length = PatternOf(part).MatchPrefix(value, part.Operator == ParameterOperator.RemoveLongestPrefix, _host);
                return length <= 0 ? value : LargeText.Copy(value.AsSpan(length), _host);
            case ParameterOperator.RemoveShortestSuffix or ParameterOperator.RemoveLongestSuffix:
                int start = PatternOf(part).MatchSuffix(value, part.Operator == ParameterOperator.RemoveLongestSuffix, _host);
                return start < 0 ? value : LargeText.Copy(value.AsSpan(0, start), _host);
            case ParameterOperator.ReplaceFirst or ParameterOperator.ReplaceAll or ParameterOperator.ReplacePrefix or ParameterOperator.ReplaceSuffix:
                return Replace(part, value);
            case ParameterOperator.Substring:
                return Substring(part, value);
            case ParameterOperator.UppercaseFirst or ParameterOperator.UppercaseAll or ParameterOperator.LowercaseFirst
                or ParameterOperator.LowercaseAll or ParameterOperator.ToggleFirst or ParameterOperator.ToggleAll:
                return ChangeCase(part, value);
            case ParameterOperator.Transform:
                return Transformations.Apply(this, _host, value, part.Letter, target.Text);
            default:
                return value;
        }
    }

    private Pattern PatternOf(ParameterPart part) => part.Argument is null ? Pattern.Get("", PatternOptions.None) : ExpandRemovalPattern(part.Argument);

    // ${v#p} and ${v%p} never ignore case.
    private Pattern ExpandRemovalPattern(Word word)
    {
        return Compile(word, OptionsFor((word.Flags & WordFlags.HasExtendedGlob) != 0) & ~PatternOptions.IgnoreCase);
    }

    private string Replace(ParameterPart part, string value)
    {
        Pattern pattern = part.Argument is null ? Pattern.Get("", PatternOptions.None) : ExpandPattern(part.Argument);
        bool ampersand = (_host.Options & ExpansionOptions.PatSubReplacement) != 0;
        string replacement = part.Replacement is null ? "" : ampersand ? Build(part.Replacement, FieldMode.Pattern) : ExpandSingle(part.Replacement);
        bool refers = ampersand && LargeText.IndexOfAny(replacement, s_references, _host) >= 0;
        if (pattern.Text.Length == 0)
        {
            return part.Operator switch
            {
                ParameterOperator.ReplacePrefix => Replace(value, 0, 0, replacement, refers),
                ParameterOperator.ReplaceSuffix => Replace(value, value.Length, 0, replacement, refers),
                _ => value,
            };
        }

        switch (part.Operator)
        {
            case ParameterOperator.ReplacePrefix:
                int length = pattern.MatchPrefix(value, longest: true, _host);
                return length < 0 ? value : Replace(value, 0, length, replacement, refers);
            case ParameterOperator.ReplaceSuffix:
                int start = pattern.MatchSuffix(value, longest: true, _host);
                return start < 0 ? value : Replace(value, start, value.Length - start, replacement, refers);
        }

        StringBuilder? result = null;
        using PatternSearch search = pattern.Search(value, _host);
        int copied = 0;
        int at = 0;
        int rounds = 0;
        while (at <= value.Length)
        {
            int found = search.Find(at, out int matched);
            if (found < 0 || (found == value.Length && value.Length > 0))
                break;
            result ??= new StringBuilder();
            LargeText.Append(result, value.AsSpan(copied, found - copied), _host);
            Fill(result, replacement, value.AsSpan(found, matched), refers);
            copied = found + matched;
            if (part.Operator == ParameterOperator.ReplaceFirst)
                break;
            at = matched > 0 ? copied : found + (found < value.Length ? Characters.LengthAt(value, found, IsUtf8) : 1);
            if ((++rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(_host);
        }

        if (result is null)
            return value;
        CheckLength((long)result.Length + value.Length - copied);
        LargeText.Append(result, value.AsSpan(copied), _host);
        return LargeText.ToText(result, _host);
    }

    // Replaces a part of a value that is at its begin or end.
    private string Replace(string value, int at, int length, string replacement, bool refers)
    {
        StringBuilder result = new();
        LargeText.Append(result, value.AsSpan(0, at), _host);
        Fill(result, replacement, value.AsSpan(at, length), refers);
        CheckLength((long)result.Length + value.Length - at - length);
        LargeText.Append(result, value.AsSpan(at + length), _host);
        return LargeText.ToText(result, _host);
    }

    // Appends the replacement of one match: an unquoted & stands for what matched, a quoted one for itself.
    private void Fill(StringBuilder result, ReadOnlySpan<char> replacement, ReadOnlySpan<char> matched, bool refers)
    {
        int next = refers ? LargeText.IndexOfAny(replacement, s_references, _host) : -1;
        for (int rounds = 1; next >= 0; rounds++)
        {
            LargeText.Append(result, replacement[..next], _host);
            char c = replacement[next];
            replacement = replacement[(next + 1)..];
            if (c == '&')
            {
                CheckLength((long)result.Length + matched.Length);
                LargeText.Append(result, matched, _host);
            }
            else if (replacement.Length == 0)
            {
                result.Append(c);
            }
            else
            {
                result.Append(replacement[0]);
                replacement = replacement[1..];
            }

            if ((rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(_host);
            next = LargeText.IndexOfAny(replacement, s_references, _host);
        }

        CheckLength((long)result.Length + replacement.Length);
        LargeText.Append(result, replacement, _host);
    }

    private string Substring(ParameterPart part, string value)
    {
        bool utf8 = IsUtf8 && !LargeText.IsAscii(value, _host);
        int count = Characters.Count(value, utf8, _host);
        long offset = Evaluate(part.Offset!);
        long? length = part.Length is null ? null : Evaluate(part.Length);
        if (offset < 0)
            offset += count;
        if (offset < 0 || offset > count)
            return "";
        long end = length is not { } given ? count : given < 0 ? count + given : given > count - offset ? count : offset + given;
        if (end < offset)
        {
            if (length >= 0)
                return "";
            throw new ShellExpansionException($"{IntegerText.Format(length!.Value)}: substring expression < 0");
        }

        int from = Characters.OffsetOf(value, offset, utf8, _host);
        return LargeText.Copy(value.AsSpan(from, Characters.OffsetOf(value.AsSpan(from), end - offset, utf8, _host)), _host);
    }

    private string ChangeCase(ParameterPart part, string value)
    {
        if (value.Length == 0)
            return value;
        bool utf8 = IsUtf8;
        bool toggle = part.Operator is ParameterOperator.ToggleFirst or ParameterOperator.ToggleAll;
        bool upper = part.Operator is ParameterOperator.UppercaseFirst or ParameterOperator.UppercaseAll;
        bool all = part.Operator is ParameterOperator.UppercaseAll or ParameterOperator.LowercaseAll or ParameterOperator.ToggleAll;
        Pattern? pattern = part.Argument is null ? null : ExpandPattern(part.Argument);
        if (pattern is { Text.Length: 0 })
            pattern = null;
        if (all && !toggle && pattern is null)
            return upper ? LetterCase.ToUpper(value, utf8, _host) : LetterCase.ToLower(value, utf8, _host);
        StringBuilder result = new();
        int at = 0;
        int rounds = 0;
        do
        {
            if ((++rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(_host);
            int length = Characters.LengthAt(value, at, utf8);
            string character = value.Substring(at, length);
            if (pattern is null || pattern.IsMatch(character, _host))
            {
                string changed = toggle && LetterCase.Convert(character, true, utf8) == character
                    ? LetterCase.Convert(character, false, utf8)
                    : LetterCase.Convert(character, toggle || upper, utf8);
                result.Append(changed);
            }
            else
            {
                result.Append(character);
            }

            at += length;
        }
        while (all && at < value.Length);
        LargeText.Append(result, value.AsSpan(at), _host);
        return LargeText.ToText(result, _host);
    }

    /// <summary>Whether there is room for a value that is being made; it is charged only once it is assigned.</summary>
    internal void CheckLength(long length)
    {
        if (length > _host.MaxValueLength)
            throw new ShellMemoryException();
        if (length > 64 << 10)
            CheckMemory(2 * length);
    }

    private void CheckMemory(long bytes)
    {
        if (!_host.Process.TryChargeMemory(bytes))
            throw new ShellMemoryException();
        _host.Process.ReleaseMemory(bytes);
    }
}
