using System.Globalization;
using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>
/// Shows a prompt and the text being edited: over as many rows as they take, and where that is more than the window has, the
/// rows around the cursor.
/// </summary>
internal sealed class LineDisplay(IEditorTerminal terminal)
{
    private const int TabStop = 8;
    private readonly List<string> _rows = [];
    private readonly List<bool> _wrapped = [];
    private string _prompt = "";
    private int _cursorRow, _cursorColumn;
    private int _shownRow;

    /// <summary>Begins at the cursor's present place with a prompt; the lines before its last one are shown once.</summary>
    public void Begin(string prompt)
    {
        int newline = prompt.LastIndexOf('\n');
        if (newline >= 0)
            terminal.Write(prompt[..(newline + 1)].Replace("\n", "\r\n", StringComparison.Ordinal));
        _prompt = prompt[(newline + 1)..];
        _shownRow = -1;
        _rows.Clear();
    }

    /// <summary>Shows the text.</summary>
    public void Show(LineBuffer buffer) => Show(_prompt, buffer.Codes, buffer.Cursor);

    /// <summary>Shows another prompt and text in its place, as searching does.</summary>
    public void Show(string prompt, List<int> codes, int cursor)
    {
        string[] before = [.. _rows];
        int row = _cursorRow;
        int column = _cursorColumn;
        (int height, int columns) = terminal.Size;
        Arrange(prompt, codes, cursor, columns);
        var output = new StringBuilder();
        if (_shownRow >= 0 && cursor == codes.Count && _rows.Count == before.Length && _rows.Count <= height && row == _cursorRow
            && row == _rows.Count - 1 && _cursorColumn < columns && Extends(before, column))
        {
            terminal.Write(_rows[^1][before[^1].Length..]);
            return;
        }

        if (_shownRow > 0)
            Move(output, _shownRow, 'A');
        output.Append(_shownRow < 0 ? "" : "\r").Append("\x1b[J");
        int top = Math.Clamp(_cursorRow - (height / 2), 0, Math.Max(0, _rows.Count - height));
        int end = Math.Min(_rows.Count, top + height);
        for (int i = top; i < end; i++)
        {
            if (i > top && !(_wrapped[i] && _rows[i].Length > 0))
                output.Append("\r\n");
            output.Append(_rows[i]);
        }

        Move(output, end - 1 - _cursorRow, 'A');
        output.Append('\r');
        Move(output, _cursorColumn, 'C');
        _shownRow = _cursorRow - top;
        terminal.Write(output.ToString());
    }

    /// <summary>The window has another size: terminals break rows anew, so the cursor is where it would be with the new width.</summary>
    public void Resize(LineBuffer buffer)
    {
        (int height, int columns) = terminal.Size;
        Arrange(_prompt, buffer.Codes, buffer.Cursor, columns);
        _shownRow = Math.Min(_cursorRow, height - 1);
        _rows.Clear();
        Show(buffer);
    }

    /// <summary>Clears the window and shows the text at its top.</summary>
    public void ClearScreen(LineBuffer buffer)
    {
        terminal.Write("\x1b[H\x1b[2J");
        _shownRow = 0;
        _rows.Clear();
        Show(buffer);
    }

    /// <summary>Goes to a new row below the text, for what is shown next.</summary>
    public void End(LineBuffer buffer)
    {
        if (buffer.Cursor != buffer.Length)
        {
            buffer.MoveTo(buffer.Length);
            Show(buffer);
        }

        terminal.Write("\r\n");
        _shownRow = -1;
        _rows.Clear();
    }

    private bool Extends(string[] before, int column)
    {
        for (int i = 0; i < before.Length - 1; i++)
        {
            if (before[i] != _rows[i])
                return false;
        }

        return column <= _cursorColumn && _rows[^1].StartsWith(before[^1], StringComparison.Ordinal)
            && CharacterWidth.Of(before[^1]) == column;
    }

    private static void Move(StringBuilder output, int count, char direction)
    {
        if (count > 0)
            output.Append(CultureInfo.InvariantCulture, $"\x1b[{count}{direction}");
    }

    /// <summary>Breaks prompt and text into rows and finds the cursor's place.</summary>
    private void Arrange(string prompt, List<int> codes, int cursor, int columns)
    {
        _rows.Clear();
        _wrapped.Clear();
        _wrapped.Add(false);
        var row = new StringBuilder();
        int column = 0;
        List<int> prefix = EditText.FromBytes(prompt);
        for (int i = 0; i < prefix.Count;)
        {
            int length = CharacterWidth.EscapeLength(prefix, i);
            if (length > 0)
            {
                row.Append(EditText.ToBytes(prefix, i, i + length));
                i += length;
                continue;
            }

            if (prefix[i] >= ' ')
                Put(prefix[i], CharacterWidth.Of(prefix[i]));
            i++;
        }

        for (int i = 0; i <= codes.Count; i++)
        {
            if (i < codes.Count && codes[i] >= ' ' && CharacterWidth.Of(codes[i]) is var width && column + width > columns)
                Break(true);
            else if (i == codes.Count && column >= columns)
                Break(true);
            if (i == cursor)
                (_cursorRow, _cursorColumn) = (_rows.Count, column);
            if (i == codes.Count)
                break;
            PutCode(codes[i]);
        }

        _rows.Add(row.ToString());

        void Break(bool wrapped)
        {
            _rows.Add(row.ToString());
            _wrapped.Add(wrapped);
            row.Clear();
            column = 0;
        }

        void Put(int code, int width)
        {
            if (column + width > columns && column > 0)
                Break(true);
            EditText.Append(row, code);
            column += width;
        }

        void PutCode(int code)
        {
            switch (code)
            {
                case '\n':
                    Break(false);
                    break;
                case '\t':
                    do
                        Put(' ', 1);
                    while (column % TabStop != 0 && column < columns);
                    break;
                case < ' ' or 0x7f:
                    Put('^', 1);
                    Put(code ^ 0x40, 1);
                    break;
                case >= 0x80 and < 0xa0 or >= EditText.RawByte:
                    Put(0xfffd, 1);
                    break;
                default:
                    Put(code, CharacterWidth.Of(code));
                    break;
            }
        }
    }
}
