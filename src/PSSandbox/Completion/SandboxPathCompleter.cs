using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>Completes paths inside the sandbox that the command line names.</summary>
public sealed class SandboxPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Completions.SandboxOf(fakeBoundParameters) is not { } sandbox)
            return [];
        string word = (wordToComplete ?? "").Trim('\'', '"');
        int slash = word.LastIndexOf('/');
        string folder = slash switch { < 0 => sandbox.Options.WorkingDirectory, 0 => "/", _ => word[..slash] };
        try
        {
            IEnumerable<(string, string)> items = sandbox.GetItems(folder).Select(item =>
                (word[..(slash + 1)] + item.Name + (item.IsContainer ? "/" : ""), $"{item.Permissions} {item.FullName}"));
            return Completions.Of(items, word);
        }
        catch (SandboxException)
        {
            return [];
        }
    }
}
