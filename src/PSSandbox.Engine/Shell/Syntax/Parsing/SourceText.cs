namespace PSSandbox.Shell.Syntax;

/// <summary>
/// The source as the parser sees it: a window of characters ended by a sentinel, filled from a string or line by line, and the place
/// in it. The window begins at the current complete command, so one can go back within that.
/// </summary>
internal sealed class SourceText
{
    /// <summary>What stands after the last character: no byte.</summary>
    public const char End = '\uFFFF';

    private const int ChunkLength = 64 * 1024;

    private readonly string? _whole;
    private readonly IShellSource? _lines;
    private readonly Action? _checkpoint;
    private readonly int _firstColumn;
    private char[] _buffer;
    private int _length;
    private int _taken;
    private int _base;
    private int _joinedLines;
    private bool _isDone;

    /// <summary>Reads a string.</summary>
    public SourceText(string text, SourcePosition first, Action? checkpoint)
    {
        _whole = text;
        _checkpoint = checkpoint;
        _base = first.Offset;
        _firstColumn = Math.Max(first.Column, 1) - 1;
        Line = first.Line;
        LineStart = -_firstColumn;
        _buffer = new char[Math.Min(text.Length, ChunkLength) + 1];
        _buffer[0] = End;
    }

    /// <summary>Reads line by line.</summary>
    public SourceText(IShellSource lines, int firstLine, Action? checkpoint)
    {
        _lines = lines;
        _checkpoint = checkpoint;
        Line = firstLine;
        _buffer = new char[256];
        _buffer[0] = End;
    }

    /// <summary>The characters of the window; <see cref="End"/> after the last one.</summary>
    public char[] Buffer => _buffer;

    /// <summary>The place in the window.</summary>
    public int Index { get; set; }

    /// <summary>How many characters the window has.</summary>
    public int Length => _length;

    /// <summary>The number of the current line.</summary>
    public int Line { get; private set; }

    /// <summary>Where in the window the current line begins.</summary>
    public int LineStart { get; private set; }

    /// <summary>Whether a complete command has begun: then a line that is read continues it.</summary>
    public bool IsContinuation { get; set; }

    /// <summary>The current place in the source.</summary>
    public SourcePosition Position => new(_base + Index, Line, Index - LineStart + 1);

    /// <summary>A place in the window on the current line.</summary>
    public SourcePosition PositionAt(int index) => new(_base + index, Line, index - LineStart + 1);

    /// <summary>The current character, read if need be; <see cref="End"/> at the end of the source.</summary>
    public char Current
    {
        get
        {
            char c = _buffer[Index];
            return c != End ? c : FillAndGet(Index);
        }
    }

    /// <summary>A character ahead. Must not be asked for beyond a newline.</summary>
    public char Ahead(int distance)
    {
        int index = Index + distance;
        char c = index < _length ? _buffer[index] : End;
        return c != End ? c : FillAndGet(index);
    }

    /// <summary>The text from a place to the current one.</summary>
    public string Slice(int start) => new(_buffer, start, Index - start);

    /// <summary>The characters from a place up to another.</summary>
    public ReadOnlySpan<char> Span(int start, int end) => _buffer.AsSpan(start, end - start);

    /// <summary>Goes past a newline at the current place.</summary>
    public void TakeNewline()
    {
        Index++;
        Line += 1 + _joinedLines;
        LineStart = Index;
        _joinedLines = 0;
    }

    /// <summary>
    /// Takes out the backslash and newline at a place ahead, so that what they divide is one token. Up to the next newline
    /// positions are those of the line it began on.
    /// </summary>
    public void RemoveContinuation(int ahead)
    {
        int index = Index + ahead;
        Array.Copy(_buffer, index + 2, _buffer, index, _length - index - 1);
        _length -= 2;
        _base += 2;
        _joinedLines++;
    }

    /// <summary>Goes forward, counting the newlines passed.</summary>
    public void AdvanceTo(int index)
    {
        ReadOnlySpan<char> passed = _buffer.AsSpan(Index, index - Index);
        int last = passed.LastIndexOf('\n');
        if (last >= 0)
        {
            Line += passed.Count('\n') + _joinedLines;
            _joinedLines = 0;
            LineStart = Index + last + 1;
        }

        Index = index;
    }

    /// <summary>Goes back to a place taken by <see cref="Mark"/>.</summary>
    public void Return((int Index, int Line, int LineStart) mark) => (Index, Line, LineStart) = mark;

    /// <summary>The current place, to come back to within the same complete command.</summary>
    public (int Index, int Line, int LineStart) Mark() => (Index, Line, LineStart);

    /// <summary>Forgets what lies before the current place.</summary>
    public void DropPassed()
    {
        // Moving what is left costs as much as it is long; it pays when more has been passed than is left.
        if (Index <= _length - Index)
        {
            return;
        }

        int left = _length - Index;
        Array.Copy(_buffer, Index, _buffer, 0, left + 1);
        _base += Index;
        LineStart -= Index;
        _length = left;
        Index = 0;
    }

    /// <summary>Puts text in the place of what stands from a place to the current one, and goes to its beginning. Positions after it are as before.</summary>
    public void Replace(int start, string text)
    {
        int removed = Index - start;
        int delta = text.Length - removed;
        Reserve(Math.Max(delta, 0));
        Array.Copy(_buffer, Index, _buffer, Index + delta, _length - Index + 1);
        text.CopyTo(0, _buffer, start, text.Length);
        _length += delta;
        Index = start;
    }

    /// <summary>Corrects positions by the length that a passed replacement added.</summary>
    public void ForgetReplacement(int delta)
    {
        _base -= delta;
        LineStart += delta;
    }

    /// <summary>Reads more; false at the end of the source.</summary>
    public bool Fill()
    {
        if (_isDone)
        {
            return false;
        }

        _checkpoint?.Invoke();
        if (_whole is not null)
        {
            int count = Math.Min(ChunkLength, _whole.Length - _taken);
            Append(_whole, _taken, count);
            _taken += count;
            _isDone = _taken == _whole.Length;
            return count > 0;
        }

        string? line = _lines!.ReadLine(IsContinuation);
        if (string.IsNullOrEmpty(line))
        {
            _isDone = true;
            return false;
        }

        Append(line, 0, line.Length);
        return true;
    }

    private char FillAndGet(int index)
    {
        while (index >= _length)
        {
            if (!Fill())
            {
                return End;
            }
        }

        return _buffer[index];
    }

    private void Append(string text, int start, int count)
    {
        Reserve(count);
        text.CopyTo(start, _buffer, _length, count);
        int end = _length + count;
        if (_buffer.AsSpan(_length, count).Contains('\0'))
        {
            end = RemoveNulls(_length, end);
        }

        _length = end;
        _buffer[_length] = End;
    }

    // No value can hold a NUL: as in bash they are left out.
    private int RemoveNulls(int start, int end)
    {
        int to = start;
        for (int i = start; i < end; i++)
        {
            if (_buffer[i] != '\0')
            {
                _buffer[to++] = _buffer[i];
            }
        }

        return to;
    }

    private void Reserve(int count)
    {
        long needed = (long)_length + count + 1;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _buffer.Length)));
        }
    }
}
