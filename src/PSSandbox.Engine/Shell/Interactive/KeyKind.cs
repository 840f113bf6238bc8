namespace PSSandbox.Shell.Interactive;

/// <summary>What kind of key was pressed.</summary>
internal enum KeyKind
{
    /// <summary>A sequence that is not known: nothing is done.</summary>
    Unknown,

    /// <summary>A character: <see cref="Key.Code"/>.</summary>
    Character,

    /// <summary>A control character: <see cref="Key.Code"/> is 0 to 31.</summary>
    Control,

    /// <summary>Backspace.</summary>
    Backspace,

    /// <summary>Cursor up.</summary>
    Up,

    /// <summary>Cursor down.</summary>
    Down,

    /// <summary>Cursor left.</summary>
    Left,

    /// <summary>Cursor right.</summary>
    Right,

    /// <summary>Home.</summary>
    Home,

    /// <summary>End.</summary>
    End,

    /// <summary>Delete.</summary>
    Delete,

    /// <summary>Page up.</summary>
    PageUp,

    /// <summary>Page down.</summary>
    PageDown,

    /// <summary>Pasted text follows, up to its end mark.</summary>
    Paste,

    /// <summary>The window has another size.</summary>
    Resized,

    /// <summary>No key by itself: the command before that begins with what stands before the cursor.</summary>
    SearchBackward,

    /// <summary>The same forward.</summary>
    SearchForward,

    /// <summary>No key by itself: the whole line is cut.</summary>
    KillAll,

    /// <summary>A signal came that ends the editing.</summary>
    Interrupted,

    /// <summary>Nobody types any more.</summary>
    EndOfInput,
}
