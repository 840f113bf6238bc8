namespace PSSandbox.Shell.Interactive;

/// <summary>
/// Edits a line on a terminal, with the keys of Emacs mode (POSIX leaves that open; the bash manual, chapter 8, names them).
/// </summary>
internal sealed partial class LineEditor
{
    private readonly IEditorTerminal _terminal;
    private readonly CommandHistory _history;
    private readonly Func<string, Completion?> _complete;
    private readonly KeyReader _keys;
    private readonly LineDisplay _display;
    private readonly LineBuffer _buffer = new();
    private readonly Dictionary<int, string> _changed = [];
    private int _historyIndex;
    private bool _inserting;
    private Key _previous;
    private string? _searched;

    /// <summary>Makes an editor.</summary>
    /// <param name="terminal">Where keys come from and text is shown.</param>
    /// <param name="history">The commands to recall. Lines are not added by the editor.</param>
    /// <param name="complete">Completes what stands before the cursor; null where nothing can be.</param>
    public LineEditor(IEditorTerminal terminal, CommandHistory history, Func<string, Completion?> complete)
    {
        _terminal = terminal;
        _history = history;
        _complete = complete;
        _keys = new KeyReader(terminal);
        _display = new LineDisplay(terminal);
    }

    /// <summary>The keys that do something else than at first; null for none.</summary>
    public Func<KeyBindings?>? Bindings { get; init; }

    /// <summary>Runs a command of the shell for a key: it is given the line and the cursor's place in bytes, and gives both anew.</summary>
    public Func<string, string, int, (string Line, int Point)>? RunCommand { get; init; }

    /// <summary>Lets a line be typed and edited.</summary>
    /// <param name="prompt">The prompt: a byte string, may have escape sequences and several lines.</param>
    /// <param name="line">The line without a newline at its end; pasted text may have some within.</param>
    public EditOutcome Edit(string prompt, out string line)
    {
        _buffer.Clear();
        _changed.Clear();
        _historyIndex = _history.Entries.Count;
        _previous = default;
        _display.Begin(prompt);
        _display.Show(_buffer);
        EditOutcome? outcome = null;
        while (outcome is null)
        {
            Key key = _keys.Read();
            outcome = Bindings?.Invoke() is { IsEmpty: false } bindings ? Dispatch(key, bindings) : Handle(key);
            _previous = key;
            if (outcome is null && !_terminal.HasInput)
                _display.Show(_buffer);
        }

        _display.Show(_buffer);
        if (outcome == EditOutcome.Abandoned)
        {
            _buffer.MoveTo(_buffer.Length);
            _display.Show(_buffer);
            _terminal.Write("^C");
        }

        _display.End(_buffer);
        line = outcome == EditOutcome.Accepted ? _buffer.Text : "";
        return outcome.Value;
    }

    private EditOutcome? Handle(Key key)
    {
        if (key.Kind is not (KeyKind.SearchBackward or KeyKind.SearchForward))
            _searched = null;
        if (!IsKill(key))
            _buffer.EndKill();
        bool inserting = key is { Kind: KeyKind.Character, Alt: false };
        if (inserting ? !_inserting : Changes(key))
            _buffer.Remember();
        _inserting = inserting;
        switch (key.Kind)
        {
            case KeyKind.Character when key.Alt:
                HandleAlt(key.Code);
                break;
            case KeyKind.Character:
                if (!_buffer.Insert(key.Code))
                    Bell();
                break;
            case KeyKind.Control when key.Alt:
                break;
            case KeyKind.Control:
                return HandleControl(key.Code);
            case KeyKind.Backspace when key.Alt:
                _buffer.Kill(_buffer.WordStart());
                break;
            case KeyKind.Backspace:
                _buffer.Delete(_buffer.Previous(_buffer.Cursor), _buffer.Cursor);
                break;
            case KeyKind.Delete:
                _buffer.Delete(_buffer.Cursor, _buffer.Next(_buffer.Cursor));
                break;
            case KeyKind.Left:
                _buffer.MoveTo(key.Alt || key.Ctrl ? _buffer.WordStart() : _buffer.Previous(_buffer.Cursor));
                break;
            case KeyKind.Right:
                _buffer.MoveTo(key.Alt || key.Ctrl ? _buffer.WordEnd() : _buffer.Next(_buffer.Cursor));
                break;
            case KeyKind.Home:
                _buffer.MoveTo(_buffer.LineStart());
                break;
            case KeyKind.End:
                _buffer.MoveTo(_buffer.LineEnd());
                break;
            case KeyKind.Up:
                GoUp();
                break;
            case KeyKind.Down:
                GoDown();
                break;
            case KeyKind.SearchBackward or KeyKind.SearchForward:
                SearchPrefix(key.Kind == KeyKind.SearchBackward);
                break;
            case KeyKind.KillAll:
                _buffer.MoveTo(_buffer.LineStart());
                _buffer.Kill(_buffer.LineEnd());
                break;
            case KeyKind.Paste:
                _buffer.Insert(_keys.ReadPaste(LineBuffer.MaxLength));
                break;
            case KeyKind.Resized:
                _display.Resize(_buffer);
                break;
            case KeyKind.Interrupted:
                return EditOutcome.Abandoned;
            case KeyKind.EndOfInput:
                return EditOutcome.EndOfInput;
        }

        return null;
    }

    private EditOutcome? HandleControl(int code)
    {
        switch (code | 0x60)
        {
            case 'a':
                _buffer.MoveTo(_buffer.LineStart());
                break;
            case 'b':
                _buffer.MoveTo(_buffer.Previous(_buffer.Cursor));
                break;
            case 'c':
                return EditOutcome.Abandoned;
            case 'd' when _buffer.Length == 0:
                return EditOutcome.EndOfInput;
            case 'd':
                _buffer.Delete(_buffer.Cursor, _buffer.Next(_buffer.Cursor));
                break;
            case 'e':
                _buffer.MoveTo(_buffer.LineEnd());
                break;
            case 'f':
                _buffer.MoveTo(_buffer.Next(_buffer.Cursor));
                break;
            case 'i':
                Complete();
                break;
            case 'j' or 'm' or 'o':
                return EditOutcome.Accepted;
            case 'k':
                _buffer.Kill(_buffer.LineEnd());
                break;
            case 'l':
                _display.ClearScreen(_buffer);
                break;
            case 'n':
                Recall(_historyIndex + 1);
                break;
            case 'p':
                Recall(_historyIndex - 1);
                break;
            case 'q' or 'v':
                if (_keys.ReadLiteral() is >= 0 and int literal)
                    _buffer.Insert(literal);
                break;
            case 'r':
                return Search(backward: true);
            case 's':
                return Search(backward: false);
            case 't':
                if (!_buffer.Transpose())
                    Bell();
                break;
            case 'u':
                _buffer.Kill(_buffer.LineStart());
                break;
            case 'w':
                _buffer.Kill(_buffer.BlankWordStart());
                break;
            case 'y':
                _buffer.Yank();
                break;
            case 0x7f:
                if (!_buffer.Undo())
                    Bell();
                break;
        }

        return null;
    }

    private void HandleAlt(int code)
    {
        switch (code)
        {
            case 'b' or 'B':
                _buffer.MoveTo(_buffer.WordStart());
                break;
            case 'f' or 'F':
                _buffer.MoveTo(_buffer.WordEnd());
                break;
            case 'd' or 'D':
                _buffer.Kill(_buffer.WordEnd());
                break;
            case 'u' or 'U':
                ChangeCase((c, _) => char.ToUpperInvariant(c));
                break;
            case 'l' or 'L':
                ChangeCase((c, _) => char.ToLowerInvariant(c));
                break;
            case 'c' or 'C':
                ChangeCase((c, first) => first ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
                break;
            case '.' or '_':
                InsertLastWord();
                break;
            case '<':
                Recall(0);
                break;
            case '>':
                Recall(_history.Entries.Count);
                break;
        }
    }

    private void ChangeCase(Func<char, bool, char> change)
    {
        int end = _buffer.WordEnd();
        bool first = true;
        for (int i = _buffer.Cursor; i < end; i++)
        {
            if (!EditText.IsWord(_buffer.Codes[i]))
                continue;
            if (_buffer.Codes[i] <= char.MaxValue)
                _buffer.Codes[i] = change((char)_buffer.Codes[i], first);
            first = false;
        }

        _buffer.MoveTo(end);
    }

    private void InsertLastWord()
    {
        if (_history.Entries.Count == 0)
            return;
        string last = _history.Entries[^1].TrimEnd();
        _buffer.Insert(last[(last.LastIndexOfAny([' ', '\t', '\n']) + 1)..]);
    }

    /// <summary>Up within a text of several lines; else the command before.</summary>
    private void GoUp()
    {
        int start = _buffer.LineStart();
        if (start == 0)
        {
            Recall(_historyIndex - 1);
            return;
        }

        int column = _buffer.Cursor - start;
        _buffer.MoveTo(start - 1);
        _buffer.MoveTo(Math.Min(_buffer.LineStart() + column, start - 1));
    }

    private void GoDown()
    {
        int end = _buffer.LineEnd();
        if (end == _buffer.Length)
        {
            Recall(_historyIndex + 1);
            return;
        }

        int column = _buffer.Cursor - _buffer.LineStart();
        _buffer.MoveTo(end + 1);
        _buffer.MoveTo(Math.Min(end + 1 + column, _buffer.LineEnd()));
    }

    /// <summary>Puts an entry of the history in place of the text; what was changed in one is still there on coming back.</summary>
    private void Recall(int index)
    {
        if (index < 0 || index > _history.Entries.Count)
        {
            Bell();
            return;
        }

        _changed[_historyIndex] = _buffer.Text;
        _historyIndex = index;
        _buffer.Set(_changed.TryGetValue(index, out string? text) ? text : index < _history.Entries.Count ? _history.Entries[index] : "");
    }

    private void Bell() => _terminal.Write("\a");

    private static bool IsKill(Key key) => key switch
    {
        { Kind: KeyKind.Control, Code: 11 or 21 or 23 } => true,
        { Kind: KeyKind.Backspace, Alt: true } => true,
        { Kind: KeyKind.Character, Alt: true, Code: 'd' or 'D' } => true,
        _ => false,
    };

    private static bool Changes(Key key) => key.Kind switch
    {
        KeyKind.Backspace or KeyKind.Delete or KeyKind.Paste => true,
        KeyKind.Control => key.Code is 4 or 9 or 11 or 17 or 20 or 21 or 22 or 23 or 25,
        KeyKind.Character => key.Code is 'd' or 'D' or 'u' or 'U' or 'l' or 'L' or 'c' or 'C' or '.' or '_',
        _ => false,
    };
}
