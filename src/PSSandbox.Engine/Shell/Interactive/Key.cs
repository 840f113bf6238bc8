namespace PSSandbox.Shell.Interactive;

/// <summary>A key that was pressed.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Code">The character, as in <see cref="EditText"/>, or the control character.</param>
/// <param name="Alt">Whether Alt was down, or Escape came before.</param>
/// <param name="Ctrl">Whether Ctrl was down, for keys that are no characters.</param>
internal readonly record struct Key(KeyKind Kind, int Code = 0, bool Alt = false, bool Ctrl = false);
