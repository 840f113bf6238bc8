namespace PSSandbox.Shell.Completing;

/// <summary>What is to be completed, as functions and commands of a specification see it (COMP_WORDS and so on).</summary>
/// <param name="Command">The command whose argument it is.</param>
/// <param name="Word">The word up to the cursor.</param>
/// <param name="Previous">The word before it.</param>
/// <param name="Words">The words of the command, COMP_WORDS.</param>
/// <param name="Index">The place of the word among them, COMP_CWORD.</param>
/// <param name="Line">The line, COMP_LINE.</param>
internal sealed record CompletionRequest(string Command, string Word, string Previous, string[] Words, int Index, string Line);
