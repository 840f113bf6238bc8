using System.Buffers;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Puts a word together from what its parts expand to, splitting as it goes. Characters are bytes, so a bit above them
/// marks those that were quoted and would mean something in a pattern.
/// </summary>
internal sealed class FieldBuilder(Expander expander, IExpansionHost host)
{
    private const char Mark = (char)0x100;
    private const int Large = 64 << 10;

    private static readonly SearchValues<char> s_patternCharacters = SearchValues.Create("*?[]\\-!^@+()|.:=&~");
    private static readonly SearchValues<char> s_regexCharacters = SearchValues.Create(".[]()*+?{}|^$\\-:=");
    private static readonly SearchValues<char> s_globCharacters = SearchValues.Create("*?[");

    private char[] _buffer = new char[256];

    // A long text that is all there is so far: put into the buffer only if more comes.
    private string? _whole;
    private int _length;
    private long _charged;
    private FieldMode _mode;
    private List<string>? _output;
    private FieldSeparators _separators = FieldSeparators.Default;
    private bool _marked;
    private bool _glob;
    private bool _present;
    private bool _afterWhiteSpace;
    private bool _extended;
    private int _elements;

    /// <summary>What is being built.</summary>
    public FieldMode Mode => _mode;

    /// <summary>Whether unquoted results are split.</summary>
    public bool Splits => _mode == FieldMode.Fields;

    /// <summary>What joins <c>$*</c>.</summary>
    public string Joint => _separators.First;

    /// <summary>Begins.</summary>
    public void Begin(FieldMode mode, List<string>? output, FieldSeparators separators)
    {
        _mode = mode;
        _output = output;
        _separators = separators;
        _length = 0;
        _whole = null;
        _marked = _glob = _extended = _present = _afterWhiteSpace = false;
    }

    /// <summary>Lets go of a large buffer.</summary>
    public void Clear()
    {
        _output = null;
        _whole = null;
        if (_charged == 0)
            return;
        _buffer = new char[256];
        host.Process.ReleaseMemory(_charged);
        _charged = 0;
    }

    /// <summary>Literal text of the word, not quoted: active in patterns, never split.</summary>
    public void AppendLiteral(string text, WordFlags flags)
    {
        if ((flags & WordFlags.HasGlob) != 0)
            _glob = true;
        if ((flags & WordFlags.HasExtendedGlob) != 0)
            _extended = true;
        Append(text);
    }

    /// <summary>Something quoted was there, so that a field is made even if it is empty.</summary>
    public void SetPresent()
    {
        _present = true;
        _afterWhiteSpace = false;
    }

    /// <summary>Quoted text: what it holds stands for itself.</summary>
    public void AppendQuoted(string text)
    {
        _present = true;
        _afterWhiteSpace = false;
        if (_mode == FieldMode.Single)
        {
            Append(text);
            return;
        }

        ReadOnlySpan<char> rest = text;
        SearchValues<char> special = _mode == FieldMode.Regex ? s_regexCharacters : s_patternCharacters;
        int next = LargeText.IndexOfAny(rest, special, host);
        if (next < 0)
        {
            Append(text);
            return;
        }

        int start = _length;
        Append(rest);
        _marked = true;
        Span<char> target = _buffer.AsSpan(start, text.Length);
        for (int rounds = 1; next >= 0; rounds++)
        {
            target[next] |= Mark;
            target = target[(next + 1)..];
            next = LargeText.IndexOfAny(target, special, host);
            if ((rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(host);
        }
    }

    /// <summary>The result of an expansion that is not quoted: split, and active in patterns.</summary>
    public void AppendResult(string text)
    {
        if (_mode != FieldMode.Fields)
        {
            Append(text);
            return;
        }

        ReadOnlySpan<char> rest = text;
        int busy = LargeText.IndexOfAny(rest, _separators.Busy, host);
        if (busy < 0)
        {
            Append(text);
            return;
        }

        for (int rounds = 1; ; rounds++)
        {
            if ((rounds & 0xfff) == 0)
                PatternMatcher.CheckAttention(host);
            int end = _separators.Find(rest, out int length, host);
            ReadOnlySpan<char> piece = end < 0 ? rest : rest[..end];
            if (piece.Length > 0)
            {
                if (!_glob && (piece.IndexOfAny(s_globCharacters) >= 0 || IsExtended(piece)))
                    _glob = true;
                Append(piece);
            }

            if (end < 0)
                return;
            Separate(rest[end]);
            rest = rest[(end + length)..];
        }
    }

    /// <summary>The state now.</summary>
    public FieldMark GetMark() => new(_length, _present, _elements);

    /// <summary>If only empty strings have come since then, and no element of a list, it is as if nothing had.</summary>
    public void ForgetIfNothingSince(in FieldMark mark)
    {
        if (_elements == mark.Elements && _length == mark.Length)
            _present = mark.Present;
    }

    /// <summary>Elements of a list come: their number.</summary>
    public void CountElements(int count) => _elements += count;

    /// <summary>The next of several fields begins, as between the elements of <c>"$@"</c> (quoted) or <c>$@</c>.</summary>
    public void BreakField(bool quoted)
    {
        if (quoted || _length > 0 || _present)
            EndField();
        _afterWhiteSpace = false;
    }

    /// <summary>The next element of <c>$@</c> begins, not quoted: where IFS begins with no white space, that divides as it would (bash).</summary>
    public void BreakElement()
    {
        if (_separators.First.Length > 0 && !_separators.IsWhiteSpace(_separators.First[0]))
            Separate(_separators.First[0]);
        else
            BreakField(quoted: false);
    }

    /// <summary>The word ends: a field that has been begun is given.</summary>
    public void EndWord()
    {
        if (_length > 0 || _present)
            EndField();
    }

    /// <summary>What was put together, as one string.</summary>
    public string ToText()
    {
        if (!_marked)
            return Text();
        if (_mode is FieldMode.Pattern or FieldMode.Regex)
            return Escaped();
        Strip();
        return Text();
    }

    /// <summary>Text as it is.</summary>
    public void Append(string text)
    {
        if (text.Length <= Large || _length > 0)
        {
            Append(text.AsSpan());
            return;
        }

        _afterWhiteSpace = false;
        _whole = text;
        _length = text.Length;
    }

    /// <summary>Text as it is.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return;
        _afterWhiteSpace = false;
        if (_whole is not null || text.Length > _buffer.Length - _length)
            Reserve(text.Length);
        LargeText.Copy(text, _buffer.AsSpan(_length), host);
        _length += text.Length;
    }

    private static bool IsExtended(ReadOnlySpan<char> text)
    {
        int open = text.IndexOf('(');
        return open > 0 && text[open - 1] is '@' or '+' or '!';
    }

    private void Separate(char separator)
    {
        if (_separators.IsWhiteSpace(separator))
        {
            if (_length > 0 || _present)
            {
                EndField();
                _afterWhiteSpace = true;
            }
        }
        else if (_afterWhiteSpace)
        {
            _afterWhiteSpace = false;
        }
        else
        {
            EndField();
        }
    }

    private void EndField()
    {
        List<string> output = _output!;
        if (!_glob || (host.Options & ExpansionOptions.NoGlob) != 0)
        {
            if (_marked)
                Strip();
            output.Add(Text());
        }
        else
        {
            string pattern = _marked ? Escaped() : Text();
            if (_marked)
                Strip();
            expander.ExpandPaths(pattern, Text(), _extended, output);
        }

        if ((output.Count & 0xfff) == 0)
            expander.CheckFieldCount(output.Count);
        _length = 0;
        _whole = null;
        _marked = _glob = _extended = _present = _afterWhiteSpace = false;
    }

    private string Text() => _whole ?? (_length == 0 ? "" : LargeText.Copy(_buffer.AsSpan(0, _length), host));

    private void Strip()
    {
        Span<char> text = _buffer.AsSpan(0, _length);
        for (; text.Length > LargeText.Piece; text = text[LargeText.Piece..])
        {
            Strip(text[..LargeText.Piece]);
            PatternMatcher.CheckAttention(host);
        }

        Strip(text);
        _marked = false;
    }

    private static void Strip(Span<char> text)
    {
        foreach (ref char c in text)
            c &= (char)0xff;
    }

    private string Escaped()
    {
        ReadOnlySpan<char> text = _buffer.AsSpan(0, _length);
        int marks = 0;
        for (int i = 0; i < text.Length; i++)
        {
            marks += text[i] >> 8;
            if ((i & 0xfffff) == 0xfffff)
                PatternMatcher.CheckAttention(host);
        }

        CheckLength((long)_length + marks);
        return string.Create(_length + marks, (_buffer, _length, host), static (span, source) =>
        {
            int to = 0;
            for (int i = 0; i < source._length; i++)
            {
                if ((i & 0xfffff) == 0xfffff)
                    PatternMatcher.CheckAttention(source.host);
                char c = source._buffer[i];
                if (c >= Mark)
                    span[to++] = '\\';
                span[to++] = (char)(c & 0xff);
            }
        });
    }

    private void Reserve(int more)
    {
        long needed = (long)_length + more;
        if (needed <= _buffer.Length && _whole is null)
            return;
        CheckLength(needed);
        int size = (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _buffer.Length));
        if (size > Large)
        {
            long bytes = 2L * size;
            if (!host.Process.TryChargeMemory(bytes - _charged))
                throw new ShellMemoryException();
            _charged = bytes;
        }

        char[] grown = GC.AllocateUninitializedArray<char>(size);
        LargeText.Copy(_whole is not null ? _whole : _buffer.AsSpan(0, _length), grown, host);
        _whole = null;
        _buffer = grown;
    }

    private void CheckLength(long length)
    {
        if (length > host.MaxValueLength)
            throw new ShellMemoryException();
    }
}
