using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes names of programs inside the sandbox that the command line names, or a new one.</summary>
public sealed class CommandNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete ?? "";
        if (word.Trim('\'', '"').Any(char.IsWhiteSpace))
            return [];
        try
        {
            if (Completions.SandboxOf(fakeBoundParameters) is { } named)
                return Completions.Of(named.GetCommandNames().Select(static name => (name, "")), word);
            using Sandbox fresh = Sandbox.Create();
            return Completions.Of(fresh.GetCommandNames().Select(static name => (name, "")), word);
        }
        catch (SandboxException)
        {
            return [];
        }
    }
}
