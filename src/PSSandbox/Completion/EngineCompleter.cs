using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes names of WebAssembly engines.</summary>
public sealed class EngineCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(SandboxRuntime.Engines.Prepend("auto").Select(static name => (name, "")), wordToComplete ?? "");
}
