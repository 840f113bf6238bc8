namespace PSSandbox.Shell.Interactive;

// Incremental search in the history (bash manual 8.2.5).
internal sealed partial class LineEditor
{
    private string _lastSearch = "";

    private EditOutcome? Search(bool backward)
    {
        string before = _buffer.Text;
        int cursorBefore = _buffer.Cursor;
        int indexBefore = _historyIndex;
        var pattern = new List<int>();
        int index = Math.Min(_historyIndex, _history.Entries.Count - 1);
        bool failed = false;
        while (true)
        {
            string direction = backward ? "reverse-i-search" : "i-search";
            _display.Show($"({(failed ? "failed " : "")}{direction})`{EditText.ToBytes(pattern)}': ", _buffer.Codes, _buffer.Cursor);
            Key key = _keys.Read();
            switch (key)
            {
                case { Kind: KeyKind.Character, Alt: false }:
                    pattern.Add(key.Code);
                    Find(index, backward);
                    break;
                case { Kind: KeyKind.Control, Code: 18 or 19 }:
                    backward = key.Code == 18;
                    if (pattern.Count == 0)
                        pattern = EditText.FromBytes(_lastSearch);
                    else
                        index += backward ? -1 : 1;
                    Find(index, backward);
                    break;
                case { Kind: KeyKind.Backspace }:
                    if (pattern.Count > 0)
                        pattern.RemoveAt(pattern.Count - 1);
                    index = _history.Entries.Count - 1;
                    Find(index, older: true);
                    break;
                case { Kind: KeyKind.Resized }:
                    _display.Resize(_buffer);
                    break;
                case { Kind: KeyKind.Control, Code: 7 }:
                    _buffer.Set(before);
                    _buffer.MoveTo(cursorBefore);
                    _historyIndex = indexBefore;
                    Bell();
                    return null;
                default:
                    if (pattern.Count > 0)
                        _lastSearch = EditText.ToBytes(pattern);
                    // A lone Escape ends the search; every other key does what it always does, on what was found.
                    return key is { Kind: KeyKind.Unknown } ? null : Handle(key);
            }
        }

        void Find(int from, bool older)
        {
            string text = EditText.ToBytes(pattern);
            int found = text.Length == 0 ? -1 : _history.Find(text, from, older);
            failed = text.Length > 0 && found < 0;
            if (failed)
            {
                index = Math.Clamp(index, 0, Math.Max(0, _history.Entries.Count - 1));
                Bell();
            }

            if (found < 0)
                return;
            index = _historyIndex = found;
            string entry = _history.Entries[found];
            _buffer.Set(entry);
            _buffer.MoveTo(EditText.FromBytes(entry.AsSpan(0, entry.IndexOf(text, StringComparison.Ordinal))).Count);
        }
    }
}
