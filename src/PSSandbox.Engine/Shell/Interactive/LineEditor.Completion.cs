using System.Globalization;
using System.Text;

namespace PSSandbox.Shell.Interactive;

// Tab.
internal sealed partial class LineEditor
{
    private const int AskAbove = 100;

    private void Complete()
    {
        string typed = EditText.ToBytes(_buffer.Codes, 0, _buffer.Cursor);
        Completion? completion = _complete(typed);
        if (completion is null || completion.Candidates.Count == 0)
        {
            Bell();
            return;
        }

        if (completion.Candidates.Count == 1)
        {
            string only = completion.Only();
            if (only.EndsWith(' ') && _buffer.Cursor < _buffer.Length && _buffer.Codes[_buffer.Cursor] == ' ')
                only = only[..^1];
            Replace(typed, completion.Length, only);
            return;
        }

        string common = completion.Common();
        string insert = completion.Candidates[0].IsRaw ? common : completion.Escape(common);
        if (insert.Length > completion.Length)
            Replace(typed, completion.Length, insert);
        else if (_previous is { Kind: KeyKind.Control, Code: 9 })
            List(completion);
        else
            Bell();
    }

    private void Replace(string typed, int length, string text)
    {
        int start = EditText.FromBytes(typed.AsSpan(0, typed.Length - length)).Count;
        _buffer.Delete(start, _buffer.Cursor);
        _buffer.Insert(text);
    }

    /// <summary>Shows the candidates in columns below the line, and the line anew below them.</summary>
    private void List(Completion completion)
    {
        int cursor = _buffer.Cursor;
        _display.End(_buffer);
        _buffer.MoveTo(cursor);
        int count = completion.Candidates.Count;
        if (count > AskAbove && !Confirm(count))
        {
            _terminal.Write("\r\n");
            return;
        }

        string[] names = new string[count];
        int[] widths = new int[count];
        for (int i = 0; i < count; i++)
        {
            names[i] = Printable(completion.Candidates[i]);
            widths[i] = CharacterWidth.Of(names[i]);
        }

        int column = widths.Max() + 2;
        int columns = Math.Max(1, _terminal.Size.Columns / column);
        int rows = (count + columns - 1) / columns;
        var output = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            for (int i = row; i < count; i += rows)
            {
                output.Append(names[i]);
                if (i + rows < count)
                    output.Append(' ', column - widths[i]);
            }

            output.Append("\r\n");
        }

        _terminal.Write(output.ToString());
    }

    private bool Confirm(int count)
    {
        _terminal.Write(string.Create(CultureInfo.InvariantCulture, $"Display all {count} possibilities? (y or n)"));
        while (true)
        {
            switch (_keys.Read())
            {
                case { Kind: KeyKind.Character, Code: 'y' or 'Y' or ' ' }:
                    _terminal.Write("\r\n");
                    return true;
                case { Kind: KeyKind.Resized or KeyKind.Unknown }:
                    break;
                case { Kind: KeyKind.Character, Code: 'n' or 'N' } or { Kind: not KeyKind.Character }:
                    return false;
            }
        }
    }

    /// <summary>A candidate's name without anything that a terminal would act upon.</summary>
    private static string Printable(CompletionCandidate candidate)
    {
        var name = new StringBuilder(candidate.Text.Length + 1);
        foreach (int code in EditText.FromBytes(candidate.Text))
            EditText.Append(name, code is < ' ' or 0x7f ? '?' : code is >= 0x80 and < 0xa0 or >= EditText.RawByte ? 0xfffd : code);
        if (candidate.IsDirectory)
            name.Append('/');
        return name.ToString();
    }
}
