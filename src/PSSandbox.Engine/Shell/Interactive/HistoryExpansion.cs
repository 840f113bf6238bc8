using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>History expansion (bash manual 9.3): <c>!!</c>, <c>!n</c>, <c>!text</c>, <c>^old^new</c> with word designators and modifiers.</summary>
internal sealed class HistoryExpansion(CommandHistory history)
{
    /// <summary>Most characters that a line may become.</summary>
    private const int MaxLength = 1 << 20;

    private string _line = "";
    private int _at;
    private char _quote;

    /// <summary>Why it failed, without the shell's name; null if it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the result is only to be shown and remembered (<c>:p</c>).</summary>
    public bool PrintsOnly { get; private set; }

    /// <summary>Whether something was replaced.</summary>
    public bool Changed { get; private set; }

    /// <summary>Expands a line.</summary>
    /// <param name="line">The line without its newline.</param>
    /// <param name="quotes">Whether single quotes protect what is in them: on for a command, off for <c>history -p</c>.</param>
    /// <param name="continues">Whether the line goes on with a command in whose quotes it may begin.</param>
    /// <returns>The new line; null on failure, which <see cref="Error"/> tells.</returns>
    public string? Expand(string line, bool quotes, bool continues = false)
    {
        Error = null;
        PrintsOnly = Changed = false;
        _line = line;
        _at = 0;
        if (!continues)
            _quote = '\0';
        if (line.Length > 1 && line[0] == '^' && _quote == '\0')
            line = _line = "!!:s" + line;
        else if (!line.Contains('!'))
            return Track(line, quotes);
        var output = new StringBuilder();
        while (_at < _line.Length)
        {
            char c = _line[_at];
            if (c == '\\' && _quote != '\'' && _at + 1 < _line.Length)
            {
                output.Append(_line, _at, 2);
                _at += 2;
                continue;
            }

            if (quotes)
                Quote(c);
            if (c != '!' || _quote == '\'' || IsInhibited(output))
            {
                output.Append(c);
                _at++;
                continue;
            }

            int start = _at++;
            string? text = Designated(output.ToString());
            if (text is not null)
                text = Modified(text);
            if (text is null || output.Length + text.Length > MaxLength)
            {
                Error ??= $"{_line[start..Math.Min(_line.Length, Math.Max(_at, start + 1))]}: event not found";
                return null;
            }

            output.Append(text);
            Changed = true;
        }

        return output.ToString();
    }

    private string Track(string line, bool quotes)
    {
        for (int i = 0; quotes && i < line.Length; i++)
        {
            if (line[i] == '\\' && _quote != '\'')
                i++;
            else
                Quote(line[i]);
        }

        return line;
    }

    private void Quote(char c)
    {
        if (c == _quote)
            _quote = '\0';
        else if (_quote == '\0' && c is '\'' or '"')
            _quote = c;
    }

    // An exclamation mark that stands for itself: before a blank, = or (, at the end, in $!, ${!x} and [!x], before a closing quote.
    private bool IsInhibited(StringBuilder before)
    {
        char next = _at + 1 < _line.Length ? _line[_at + 1] : '\n';
        if (next is ' ' or '\t' or '\n' or '\r' or '=' or '(' || (next == '"' && _quote == '"'))
            return true;
        char previous = before.Length > 0 ? before[^1] : '\0';
        return previous == '$' || (previous == '{' && before.Length > 1 && before[^2] == '$')
            || (previous == '[' && _line.IndexOf(']', _at) > 0);
    }

    // What comes after the mark: an event, then which of its words.
    private string? Designated(string lineSoFar)
    {
        string? entry;
        int start = _at;
        char c = _line[_at];
        if (c == '!')
        {
            _at++;
            entry = Entry(history.Entries.Count - 1);
        }
        else if (c == '#')
        {
            _at++;
            entry = lineSoFar;
        }
        else if (c is '$' or '^' or '*' or ':')
        {
            entry = Entry(history.Entries.Count - 1);
        }
        else if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < _line.Length && char.IsAsciiDigit(_line[_at + 1])))
        {
            _at++;
            while (_at < _line.Length && char.IsAsciiDigit(_line[_at]))
                _at++;
            _ = int.TryParse(_line.AsSpan(start, _at - start), out int number);
            entry = Entry(number < 0 ? history.Entries.Count + number : number - history.FirstNumber);
        }
        else
        {
            entry = Search(c == '?');
        }

        return entry is null ? null : Words(entry);
    }

    private string? Entry(int index) => index >= 0 && index < history.Entries.Count ? history.Entries[index] : null;

    private string? Search(bool anywhere)
    {
        int start = anywhere ? ++_at : _at;
        while (_at < _line.Length && _line[_at] != '\n' && (anywhere
            ? _line[_at] != '?'
            : _line[_at] is not (' ' or '\t' or ':' or '^' or '$' or '*' or ';' or '&' or '|' or '(' or ')' or '<' or '>') && !(_line[_at] == '"' && _quote == '"')))
            _at++;
        string text = _line[start.._at];
        if (anywhere && _at < _line.Length)
            _at++;
        for (int i = history.Entries.Count - 1; i >= 0 && text.Length > 0; i--)
        {
            if (anywhere ? history.Entries[i].Contains(text, StringComparison.Ordinal) : history.Entries[i].StartsWith(text, StringComparison.Ordinal))
                return history.Entries[i];
        }

        return null;
    }

    private string? Words(string entry)
    {
        int start = _at;
        bool colon = Peek(0) == ':';
        char c = Peek(colon ? 1 : 0);
        if (!(c is '^' or '$' or '*' || (c is '-' && colon) || (colon && char.IsAsciiDigit(c))))
            return entry;
        _at += colon ? 1 : 0;
        List<string> words = HistoryWords.Split(entry);
        int last = words.Count - 1;
        int first;
        int end;
        if (c == '*')
        {
            _at++;
            return last < 1 ? "" : string.Join(' ', words.GetRange(1, last));
        }

        first = c == '-' ? 0 : Number(last);
        end = first;
        if (Peek(0) == '*')
        {
            _at++;
            end = last;
            if (first == last + 1)
                return "";
        }
        else if (Peek(0) == '-')
        {
            _at++;
            end = char.IsAsciiDigit(Peek(0)) || Peek(0) is '^' or '$' ? Number(last) : last - 1;
        }

        if (first < 0 || end > last || first > end)
        {
            Error = $"{_line[start.._at]}: bad word specifier";
            return null;
        }

        return string.Join(' ', words.GetRange(first, end - first + 1));
    }

    private char Peek(int ahead) => _at + ahead < _line.Length ? _line[_at + ahead] : '\0';

    private int Number(int last)
    {
        if (Peek(0) is '^' or '$')
            return _line[_at++] == '^' ? 1 : last;
        int start = _at;
        while (char.IsAsciiDigit(Peek(0)))
            _at++;
        return int.TryParse(_line.AsSpan(start, _at - start), out int number) ? number : int.MaxValue;
    }

    private string? Modified(string text)
    {
        while (Peek(0) == ':')
        {
            int start = _at++;
            bool everywhere = Peek(0) is 'g' or 'a';
            if (everywhere)
                _at++;
            char c = Peek(0);
            _at++;
            int slash = text.LastIndexOf('/');
            int dot = text.LastIndexOf('.');
            switch (c)
            {
                case 'h':
                    text = slash > 0 ? text[..slash] : text;
                    break;
                case 't':
                    text = text[(slash + 1)..];
                    break;
                case 'r':
                    text = dot > slash ? text[..dot] : text;
                    break;
                case 'e':
                    text = dot > slash ? text[dot..] : "";
                    break;
                case 'p':
                    PrintsOnly = true;
                    break;
                case 'q':
                    text = Expansion.Quoting.Single(text);
                    break;
                case 'x':
                    text = string.Join(' ', text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => Expansion.Quoting.Single(word)));
                    break;
                case 's' when Peek(0) != '\0':
                    if (Substitute(text, everywhere, start) is not { } changed)
                        return null;
                    text = changed;
                    break;
                default:
                    Error = $"{_line[start..Math.Min(_at, _line.Length)]}: unrecognized history modifier";
                    return null;
            }
        }

        return text;
    }

    // s/old/new/, whose last delimiter may be missing at the end; & in the new text is the old one.
    private string? Substitute(string text, bool everywhere, int start)
    {
        char delimiter = _line[_at++];
        string old = UpTo(delimiter);
        string replacement = UpTo(delimiter).Replace("\\&", "\u0001", StringComparison.Ordinal)
            .Replace("&", old, StringComparison.Ordinal).Replace('\u0001', '&');
        int found = old.Length == 0 ? -1 : text.IndexOf(old, StringComparison.Ordinal);
        if (found < 0)
        {
            Error = $"{_line[start..Math.Min(_at, _line.Length)]}: substitution failed";
            return null;
        }

        if (everywhere && text.Length / old.Length * (long)replacement.Length > MaxLength)
            return null;
        return everywhere
            ? text.Replace(old, replacement, StringComparison.Ordinal)
            : string.Concat(text.AsSpan(0, found), replacement, text.AsSpan(found + old.Length));
    }

    private string UpTo(char delimiter)
    {
        var text = new StringBuilder();
        for (; _at < _line.Length; _at++)
        {
            if (_line[_at] == delimiter)
            {
                _at++;
                break;
            }

            if (_line[_at] == '\\' && Peek(1) == delimiter)
                _at++;
            text.Append(_line[_at]);
        }

        return text.ToString();
    }
}
