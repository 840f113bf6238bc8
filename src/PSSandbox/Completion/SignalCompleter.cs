using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes names of signals.</summary>
public sealed class SignalCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete ?? "";
        string prefix = word.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? "SIG" : "";
        return Completions.Of(SandboxSignals.Names.Select(name => (prefix + name, $"{name} ({SandboxSignals.Parse(name)})")), word);
    }
}
