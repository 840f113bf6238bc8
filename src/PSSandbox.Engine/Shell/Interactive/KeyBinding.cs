namespace PSSandbox.Shell.Interactive;

/// <summary>What a sequence of keys does.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">The function's name, the keys of the macro, or the command.</param>
internal readonly record struct KeyBinding(KeyBindingKind Kind, string Text);
