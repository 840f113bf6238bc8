using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes ids of processes in the sandbox that the command line names.</summary>
public sealed class ProcessIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.SandboxOf(fakeBoundParameters) is { } sandbox
            ? Completions.Of(sandbox.GetProcesses().Select(p => (p.Id.ToString(CultureInfo.InvariantCulture), p.CommandLine)), wordToComplete ?? "")
            : [];
}
