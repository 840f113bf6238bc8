namespace PSSandbox.Shell.Interactive;

/// <summary>One of the texts that may stand at the cursor.</summary>
/// <param name="Text">The text, a byte string, not quoted.</param>
/// <param name="IsDirectory">Whether it names a directory: a slash follows, and more can be typed.</param>
/// <param name="IsRaw">Whether it is inserted as it is, without quoting.</param>
/// <param name="After">What follows it when it is the only one.</param>
internal sealed record CompletionCandidate(string Text, bool IsDirectory = false, bool IsRaw = false, string After = " ");
