using System.Text;
using PSSandbox.Shell.Interactive;

namespace PSSandbox.Tests.Shell.Interactive;

/// <summary>A terminal whose keys are given beforehand and whose screen can be looked at: it understands what the editor writes.</summary>
internal sealed class ScriptedTerminal(string keys, int columns = 40, int rows = 10) : IEditorTerminal
{
    private readonly byte[] _keys = Encoding.UTF8.GetBytes(keys);
    private readonly List<byte> _pending = [];
    private readonly string[][] _cells = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat(" ", columns).ToArray())];
    private int _next;
    private bool _wraps;

    /// <summary>Rows and columns.</summary>
    public (int Rows, int Columns) Size { get; set; } = (rows, columns);

    /// <summary>Always shows at once: every intermediate state of the screen is drawn.</summary>
    public bool HasInput => false;

    /// <summary>Where the cursor is.</summary>
    public (int Row, int Column) Cursor { get; private set; }

    /// <summary>How often the bell rang.</summary>
    public int Bells { get; private set; }

    /// <summary>Called before a key is read, with its index.</summary>
    public Action<int>? BeforeKey { get; init; }

    /// <summary>The screen's rows, without blanks at their ends and without empty rows at the end.</summary>
    public string Screen => string.Join('\n', _cells.Select(r => string.Concat(r).TrimEnd())).TrimEnd('\n');

    public int ReadByte()
    {
        BeforeKey?.Invoke(_next);
        return _next < _keys.Length ? _keys[_next++] : IEditorTerminal.EndOfInput;
    }

    public void Write(string bytes)
    {
        _pending.AddRange(ByteText.ToBytes(bytes));
        string text = Encoding.UTF8.GetString([.. _pending]);
        _pending.Clear();
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\x1b')
            {
                Assert.Equal('[', text[i + 1]);
                int end = i + 2;
                while (text[end] is < '@' or > '~')
                    end++;
                Act(text[end], text[(i + 2)..end]);
                i = end + 1;
                continue;
            }

            Rune rune = Rune.GetRuneAt(text, i);
            Put(rune);
            i += rune.Utf16SequenceLength;
        }
    }

    private void Act(char final, string parameter)
    {
        int count = int.TryParse(parameter, out int number) ? number : 1;
        (int row, int column) = Cursor;
        switch (final)
        {
            case 'A':
                Cursor = (Math.Max(0, row - count), column);
                break;
            case 'C':
                Cursor = (row, Math.Min(columns - 1, column + count));
                break;
            case 'H':
                Cursor = (0, 0);
                break;
            case 'J' when parameter == "2":
                Erase(0, 0);
                break;
            case 'J':
                Erase(row, column);
                break;
            case 'm' or 'h' or 'l':
                break;
            default:
                Assert.Fail($"The editor wrote an unexpected sequence ending in {final}.");
                break;
        }

        if (final != 'm')
            _wraps = false;
    }

    private void Erase(int row, int column)
    {
        Array.Fill(_cells[row], " ", column, columns - column);
        foreach (string[] below in _cells.AsSpan(row + 1))
            Array.Fill(below, " ");
    }

    private void Put(Rune rune)
    {
        (int row, int column) = Cursor;
        switch (rune.Value)
        {
            case '\a':
                Bells++;
                return;
            case '\r':
                Cursor = (row, 0);
                _wraps = false;
                return;
            case '\n':
                LineFeed();
                return;
        }

        int width = CharacterWidth.Of(rune.Value);
        if (width == 0)
        {
            _cells[row][column - (_wraps ? 0 : 1)] += rune.ToString();
            return;
        }

        if (_wraps || column + width > columns)
        {
            LineFeed();
            (row, column) = Cursor = (Cursor.Row, 0);
            _wraps = false;
        }

        _cells[row][column] = rune.ToString();
        if (width == 2)
            _cells[row][column + 1] = "";
        _wraps = column + width == columns;
        Cursor = (row, Math.Min(columns - 1, column + width));
    }

    private void LineFeed()
    {
        _wraps = false;
        if (Cursor.Row < rows - 1)
        {
            Cursor = (Cursor.Row + 1, Cursor.Column);
            return;
        }

        string[] first = _cells[0];
        Array.Copy(_cells, 1, _cells, 0, rows - 1);
        Array.Fill(first, " ");
        _cells[^1] = first;
    }
}
