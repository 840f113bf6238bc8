namespace PSSandbox.Shell.Interactive;

/// <summary>The commands that were typed, the oldest first, within bounds of number and size.</summary>
internal sealed class CommandHistory
{
    /// <summary>Most entries, whatever HISTSIZE says.</summary>
    public const int MaxEntries = 10_000;

    private const long MaxCharacters = 4 << 20;
    private readonly List<string> _entries = [];
    private long _characters;
    private int _limit = 500;

    /// <summary>The commands, as byte strings.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>The number that the first entry has in listings; grows as old ones go.</summary>
    public int FirstNumber { get; private set; } = 1;

    /// <summary>How many are kept: HISTSIZE, at most <see cref="MaxEntries"/>.</summary>
    public int Limit
    {
        get => _limit;
        set
        {
            _limit = Math.Clamp(value, 0, MaxEntries);
            Trim();
        }
    }

    /// <summary>Adds a command.</summary>
    /// <param name="command">The command without its last newline.</param>
    /// <param name="control">HISTCONTROL: <c>ignorespace</c>, <c>ignoredups</c>, <c>ignoreboth</c>, <c>erasedups</c>, joined by colons.</param>
    /// <returns>Whether it was added.</returns>
    public bool Add(string command, string control = "")
    {
        if (string.IsNullOrWhiteSpace(command))
            return false;
        string[] rules = control.Split(':');
        if (command[0] is ' ' or '\t' && (rules.Contains("ignorespace") || rules.Contains("ignoreboth")))
            return false;
        if (_entries.Count > 0 && _entries[^1] == command && (rules.Contains("ignoredups") || rules.Contains("ignoreboth")))
            return false;
        if (rules.Contains("erasedups"))
            _characters -= (long)_entries.RemoveAll(e => e == command) * command.Length;
        _entries.Add(command);
        _characters += command.Length;
        Trim();
        return true;
    }

    /// <summary>A copy, for a subshell.</summary>
    public CommandHistory Copy()
    {
        var copy = new CommandHistory { Limit = _limit, FirstNumber = FirstNumber, _characters = _characters };
        copy._entries.AddRange(_entries);
        return copy;
    }

    /// <summary>Removes an entry by its index.</summary>
    public void RemoveAt(int index)
    {
        _characters -= _entries[index].Length;
        _entries.RemoveAt(index);
    }

    /// <summary>Puts another command in an entry's place.</summary>
    public void Replace(int index, string command)
    {
        _characters += command.Length - _entries[index].Length;
        _entries[index] = command;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _characters = 0;
        FirstNumber = 1;
    }

    /// <summary>Searches for an entry that contains a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The index to begin at.</param>
    /// <param name="backward">Whether to go to older ones.</param>
    /// <returns>Its index; -1 if there is none.</returns>
    public int Find(string text, int from, bool backward)
    {
        for (int i = from; i >= 0 && i < _entries.Count; i += backward ? -1 : 1)
        {
            if (_entries[i].Contains(text, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private void Trim()
    {
        int drop = Math.Max(0, _entries.Count - _limit);
        long left = _characters;
        for (int i = 0; i < drop; i++)
            left -= _entries[i].Length;
        for (; left > MaxCharacters && drop < _entries.Count; drop++)
            left -= _entries[drop].Length;
        _entries.RemoveRange(0, drop);
        _characters = left;
        FirstNumber += drop;
    }
}
