namespace PSSandbox.Shell.Interactive;

/// <summary>What keys can be bound to.</summary>
internal enum KeyBindingKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A function of <see cref="EditorFunctions"/>.</summary>
    Function,

    /// <summary>Other keys.</summary>
    Macro,

    /// <summary>A command of the shell (<c>bind -x</c>).</summary>
    Command,
}
