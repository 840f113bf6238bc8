using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSSandbox.Completion;

/// <summary>Completes the paths of Copy-SandboxItem: each on the side that it is of.</summary>
public sealed class CopyPathCompleter : IArgumentCompleter
{
    private readonly SandboxPathCompleter _inside = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        bool from = fakeBoundParameters.Contains("FromSandbox");
        bool inside = parameterName == "Destination" ? !from : from;
        return inside
            ? _inside.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            : CompletionCompleters.CompleteFilename(wordToComplete ?? "");
    }
}
