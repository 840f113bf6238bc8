namespace PSSandbox.Shell.Interactive;

/// <summary>What the line editor can do, by readline's names (bash manual 8.4): what <c>bind</c> binds keys to.</summary>
internal static class EditorFunctions
{
    private static readonly (string Name, Key Key, string[] Sequences)[] Table =
    [
        ("abort", Control('g'), ["\a"]),
        ("accept-line", Control('m'), ["\n", "\r"]),
        ("backward-char", Control('b'), ["\x02", "\x1b[D"]),
        ("backward-delete-char", new Key(KeyKind.Backspace), ["\b", "\x7f"]),
        ("backward-kill-line", Control('u'), []),
        ("backward-kill-word", new Key(KeyKind.Backspace, Alt: true), ["\x1b\x7f"]),
        ("backward-word", Alt('b'), ["\x1b" + "b", "\x1b[1;5D"]),
        ("beginning-of-history", Alt('<'), ["\x1b<"]),
        ("beginning-of-line", Control('a'), ["\x01", "\x1b[H"]),
        ("capitalize-word", Alt('c'), ["\x1b" + "c"]),
        ("clear-screen", Control('l'), ["\f"]),
        ("complete", Control('i'), ["\t"]),
        ("delete-char", Control('d'), ["\x04", "\x1b[3~"]),
        ("downcase-word", Alt('l'), ["\x1bl"]),
        ("end-of-history", Alt('>'), ["\x1b>"]),
        ("end-of-line", Control('e'), ["\x05", "\x1b[F"]),
        ("forward-char", Control('f'), ["\x06", "\x1b[C"]),
        ("forward-search-history", Control('s'), ["\x13"]),
        ("forward-word", Alt('f'), ["\x1b" + "f", "\x1b[1;5C"]),
        ("history-search-backward", new Key(KeyKind.SearchBackward), []),
        ("history-search-forward", new Key(KeyKind.SearchForward), []),
        ("kill-line", Control('k'), ["\v"]),
        ("kill-whole-line", new Key(KeyKind.KillAll), []),
        ("kill-word", Alt('d'), ["\x1b" + "d"]),
        ("next-history", Control('n'), ["\x0e", "\x1b[B"]),
        ("operate-and-get-next", Control('o'), ["\x0f"]),
        ("previous-history", Control('p'), ["\x10", "\x1b[A"]),
        ("quoted-insert", Control('v'), ["\x11", "\x16"]),
        ("reverse-search-history", Control('r'), ["\x12"]),
        ("self-insert", default, []),
        ("transpose-chars", Control('t'), ["\x14"]),
        ("undo", Control('_'), ["\x1f"]),
        ("unix-line-discard", Control('u'), ["\x15"]),
        ("unix-word-rubout", Control('w'), ["\x17"]),
        ("upcase-word", Alt('u'), ["\x1bu"]),
        ("yank", Control('y'), ["\x19"]),
        ("yank-last-arg", Alt('.'), ["\x1b.", "\x1b_"]),
    ];

    /// <summary>All names, sorted.</summary>
    public static IEnumerable<string> Names => Table.Select(static f => f.Name);

    /// <summary>The key that does it; null for a name that is not known.</summary>
    public static Key? KeyOf(string name) => Array.Find(Table, f => f.Name == name) is { Name: not null } found ? found.Key : null;

    /// <summary>The sequences that are bound to it at first.</summary>
    public static string[] SequencesOf(string name) => Array.Find(Table, f => f.Name == name).Sequences ?? [];

    private static Key Control(char letter) => new(KeyKind.Control, letter & 0x1f);

    private static Key Alt(char letter) => new(KeyKind.Character, letter, Alt: true);
}
