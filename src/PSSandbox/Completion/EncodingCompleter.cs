using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Provider;

namespace PSSandbox.Completion;

/// <summary>Completes names of encodings.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(EncodingTransformationAttribute.Names.Select(static name => (name, "")), wordToComplete ?? "");
}
