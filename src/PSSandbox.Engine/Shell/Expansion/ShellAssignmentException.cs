namespace PSSandbox.Shell.Expansion;

/// <summary>A variable can't be assigned to or unset: it is read-only, or the name or subscript is no good.</summary>
internal sealed class ShellAssignmentException(string message) : ShellExpansionException(message);
