using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes names of sandboxes, and their ids.</summary>
public sealed class SandboxNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(
            SandboxRegistry.Default.Sandboxes.Select(s => (parameterName == "Id" ? s.Id : s.Name, $"{s.Name} ({s.Id}), {s.Status}")),
            wordToComplete ?? "");
}
