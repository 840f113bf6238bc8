namespace PSSandbox.Shell.Interactive;

/// <summary>The text being edited, with a cursor, what was cut, and what can be undone.</summary>
internal sealed class LineBuffer
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxUndo = 100;
    private readonly List<(int[] Codes, int Cursor)> _undo = [];
    private List<int> _killed = [];
    private bool _killing;

    /// <summary>The text, as in <see cref="EditText"/>.</summary>
    public List<int> Codes { get; private set; } = [];

    /// <summary>Where the cursor is: 0 to the text's length.</summary>
    public int Cursor { get; private set; }

    /// <summary>How long the text is.</summary>
    public int Length => Codes.Count;

    /// <summary>The text as a byte string.</summary>
    public string Text => EditText.ToBytes(Codes);

    /// <summary>Replaces all of it; the cursor is put at the end.</summary>
    public void Set(string bytes)
    {
        Codes = EditText.FromBytes(bytes);
        if (Codes.Count > MaxLength)
            Codes.RemoveRange(MaxLength, Codes.Count - MaxLength);
        Cursor = Codes.Count;
    }

    /// <summary>Begins a new line: what was cut stays.</summary>
    public void Clear()
    {
        Codes = [];
        Cursor = 0;
        _undo.Clear();
        _killing = false;
    }

    /// <summary>Moves the cursor; it stays within the text.</summary>
    public void MoveTo(int position) => Cursor = Math.Clamp(position, 0, Codes.Count);

    /// <summary>Keeps the text for <see cref="Undo"/>.</summary>
    public void Remember()
    {
        if (_undo.Count == MaxUndo)
            _undo.RemoveAt(0);
        if (Codes.Count <= MaxLength / MaxUndo)
            _undo.Add(([.. Codes], Cursor));
    }

    /// <summary>Goes back to what was last remembered; false if there is nothing.</summary>
    public bool Undo()
    {
        if (_undo.Count == 0)
            return false;
        (int[] codes, int cursor) = _undo[^1];
        _undo.RemoveAt(_undo.Count - 1);
        Codes = [.. codes];
        Cursor = cursor;
        return true;
    }

    /// <summary>Inserts a character at the cursor. False if the text is as long as it may be.</summary>
    public bool Insert(int code)
    {
        if (Codes.Count >= MaxLength)
            return false;
        Codes.Insert(Cursor++, code);
        return true;
    }

    /// <summary>Inserts a byte string at the cursor; what does not fit is dropped.</summary>
    public void Insert(string bytes)
    {
        List<int> added = EditText.FromBytes(bytes);
        int count = Math.Min(added.Count, MaxLength - Codes.Count);
        Codes.InsertRange(Cursor, added.GetRange(0, count));
        Cursor += count;
    }

    /// <summary>Removes from one place to another.</summary>
    public void Delete(int start, int end)
    {
        (start, end) = (Math.Max(0, Math.Min(start, end)), Math.Min(Codes.Count, Math.Max(start, end)));
        Codes.RemoveRange(start, end - start);
        Cursor = start;
    }

    /// <summary>Cuts from the cursor to a place. Cuts that follow one another are joined.</summary>
    public void Kill(int to)
    {
        to = Math.Clamp(to, 0, Codes.Count);
        (int start, int end) = to < Cursor ? (to, Cursor) : (Cursor, to);
        List<int> cut = Codes.GetRange(start, end - start);
        if (!_killing)
            _killed = cut;
        else
            _killed = to < Cursor ? [.. cut, .. _killed] : [.. _killed, .. cut];
        if (_killed.Count > MaxLength)
            _killed.RemoveRange(MaxLength, _killed.Count - MaxLength);
        _killing = true;
        Delete(start, end);
    }

    /// <summary>A key that cuts nothing was pressed: the next cut begins anew.</summary>
    public void EndKill() => _killing = false;

    /// <summary>Inserts what was cut last.</summary>
    public void Yank()
    {
        int count = Math.Min(_killed.Count, MaxLength - Codes.Count);
        Codes.InsertRange(Cursor, _killed.GetRange(0, count));
        Cursor += count;
    }

    /// <summary>Exchanges the characters before and at the cursor; false where there are not two.</summary>
    public bool Transpose()
    {
        if (Cursor == 0 || Codes.Count < 2)
            return false;
        if (Cursor == Codes.Count)
            Cursor--;
        (Codes[Cursor - 1], Codes[Cursor]) = (Codes[Cursor], Codes[Cursor - 1]);
        Cursor++;
        return true;
    }

    /// <summary>Where the character before a place begins; marks that take no column go with the one before them.</summary>
    public int Previous(int position)
    {
        position--;
        while (position > 0 && IsMark(Codes[position]))
            position--;
        return Math.Max(0, position);
    }

    /// <summary>Where the character at a place ends.</summary>
    public int Next(int position)
    {
        position++;
        while (position < Codes.Count && IsMark(Codes[position]))
            position++;
        return Math.Min(Codes.Count, position);
    }

    /// <summary>Where the word before the cursor begins.</summary>
    public int WordStart()
    {
        int i = Cursor;
        while (i > 0 && !EditText.IsWord(Codes[i - 1]))
            i--;
        while (i > 0 && EditText.IsWord(Codes[i - 1]))
            i--;
        return i;
    }

    /// <summary>Where the word at or after the cursor ends.</summary>
    public int WordEnd()
    {
        int i = Cursor;
        while (i < Codes.Count && !EditText.IsWord(Codes[i]))
            i++;
        while (i < Codes.Count && EditText.IsWord(Codes[i]))
            i++;
        return i;
    }

    /// <summary>Where what stands between blanks before the cursor begins.</summary>
    public int BlankWordStart()
    {
        int i = Cursor;
        while (i > 0 && IsBlank(Codes[i - 1]))
            i--;
        while (i > 0 && !IsBlank(Codes[i - 1]))
            i--;
        return i;
    }

    /// <summary>Where the present line of a text of several begins.</summary>
    public int LineStart()
    {
        int i = Cursor;
        while (i > 0 && Codes[i - 1] != '\n')
            i--;
        return i;
    }

    /// <summary>Where the present line ends.</summary>
    public int LineEnd()
    {
        int i = Codes.IndexOf('\n', Cursor);
        return i < 0 ? Codes.Count : i;
    }

    private static bool IsBlank(int code) => code is ' ' or '\t' or '\n';

    private static bool IsMark(int code) => code >= 0x300 && CharacterWidth.Of(code) == 0;
}
