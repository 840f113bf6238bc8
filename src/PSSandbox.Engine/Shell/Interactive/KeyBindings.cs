namespace PSSandbox.Shell.Interactive;

/// <summary>What <c>bind</c> changed of the line editor's keys, and its variables.</summary>
internal sealed class KeyBindings
{
    private readonly Dictionary<string, KeyBinding> _changed;

    /// <summary>Makes the bindings of a new shell.</summary>
    public KeyBindings()
    {
        _changed = [];
        Variables = new(StringComparer.Ordinal)
        {
            ["bell-style"] = "audible",
            ["completion-ignore-case"] = "off",
            ["editing-mode"] = "emacs",
            ["enable-bracketed-paste"] = "on",
            ["keymap"] = "emacs",
            ["show-all-if-ambiguous"] = "off",
        };
    }

    private KeyBindings(KeyBindings other)
    {
        _changed = new(other._changed);
        Variables = new(other.Variables, StringComparer.Ordinal);
    }

    /// <summary>Whether every key does what it does at first.</summary>
    public bool IsEmpty => _changed.Count == 0;

    /// <summary>The variables that were set.</summary>
    public SortedDictionary<string, string> Variables { get; }

    /// <summary>A copy, for a subshell.</summary>
    public KeyBindings Copy() => new(this);

    /// <summary>The bindings of a kind, by their sequences.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(KeyBindingKind kind) =>
        _changed.Where(b => b.Value.Kind == kind).Select(static b => KeyValuePair.Create(b.Key, b.Value.Text)).OrderBy(static b => b.Key, StringComparer.Ordinal);

    /// <summary>The sequences that do a function.</summary>
    public List<string> SequencesOf(string function)
    {
        var sequences = new List<string>(EditorFunctions.SequencesOf(function).Where(s => !_changed.ContainsKey(s)));
        sequences.AddRange(Of(KeyBindingKind.Function).Where(b => b.Value == function).Select(static b => b.Key));
        sequences.Sort(StringComparer.Ordinal);
        return sequences;
    }

    /// <summary>Binds a sequence.</summary>
    public void Set(string sequence, KeyBinding binding) => _changed[KeySequence.Normalize(sequence)] = binding;

    /// <summary>Finds what was bound to a sequence.</summary>
    public bool TryGet(string sequence, out KeyBinding binding) => _changed.TryGetValue(sequence, out binding);

    /// <summary>Whether more keys after a sequence could make one that is bound.</summary>
    public bool IsPrefix(string sequence) =>
        _changed.Keys.Any(k => k.Length > sequence.Length && k.StartsWith(sequence, StringComparison.Ordinal));
}
