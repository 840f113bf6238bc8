namespace PSSandbox.Shell.Interactive;

// Keys that were bound to something else, and functions that have no key of their own.
internal sealed partial class LineEditor
{
    private const int MaxMacroDepth = 16;
    private int _macroDepth;

    private EditOutcome? Dispatch(Key key, KeyBindings bindings)
    {
        var keys = new List<Key> { key };
        string sequence = KeySequence.Of(key);
        KeyBinding binding;
        while (!bindings.TryGet(sequence, out binding) && sequence.Length > 0 && bindings.IsPrefix(sequence))
        {
            if (keys.Count > 1)
                _display.Show(_buffer);
            key = _keys.Read();
            keys.Add(key);
            string more = KeySequence.Of(key);
            sequence = more.Length == 0 ? "" : sequence + more;
        }

        if (sequence.Length == 0 || !bindings.TryGet(sequence, out binding))
        {
            EditOutcome? outcome = null;
            foreach (Key each in keys)
                outcome ??= Handle(each);
            return outcome;
        }

        switch (binding.Kind)
        {
            case KeyBindingKind.Function when EditorFunctions.KeyOf(binding.Text) is { } function:
                return Handle(function == default ? key : function);
            case KeyBindingKind.Macro:
                return Play(binding.Text, bindings);
            case KeyBindingKind.Command when RunCommand is not null:
                int point = EditText.ToBytes(_buffer.Codes, 0, _buffer.Cursor).Length;
                (string line, point) = RunCommand(binding.Text, _buffer.Text, point);
                _buffer.Set(line);
                _buffer.MoveTo(EditText.FromBytes(line.AsSpan(0, Math.Clamp(point, 0, line.Length))).Count);
                return null;
            default:
                return null;
        }
    }

    /// <summary>The keys of a macro, as if they had been typed.</summary>
    private EditOutcome? Play(string macro, KeyBindings bindings)
    {
        if (_macroDepth >= MaxMacroDepth)
            return null;
        _macroDepth++;
        EditOutcome? outcome = null;
        bool alt = false;
        foreach (int code in EditText.FromBytes(macro))
        {
            if (code == '\x1b')
            {
                alt = true;
                continue;
            }

            Key key = code == 0x7f ? new Key(KeyKind.Backspace, 0, alt) : new Key(code < ' ' ? KeyKind.Control : KeyKind.Character, code, alt);
            alt = false;
            outcome ??= Dispatch(key, bindings);
        }

        _macroDepth--;
        return outcome;
    }

    /// <summary>Goes to the next command of the history that begins with what stands before the cursor.</summary>
    private void SearchPrefix(bool backward)
    {
        _searched ??= EditText.ToBytes(_buffer.Codes, 0, _buffer.Cursor);
        int cursor = EditText.FromBytes(_searched).Count;
        for (int i = _historyIndex + (backward ? -1 : 1); i >= 0 && i < _history.Entries.Count; i += backward ? -1 : 1)
        {
            if (!_history.Entries[i].StartsWith(_searched, StringComparison.Ordinal) || _history.Entries[i] == _buffer.Text)
                continue;
            Recall(i);
            _buffer.MoveTo(_searched.Length == 0 ? _buffer.Length : cursor);
            return;
        }

        Bell();
    }
}
