using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Completion;

/// <summary>What the completers share: matching, quoting, and no error ever.</summary>
internal static class Completions
{
    /// <summary>Those candidates that begin with the word, quoted where the language needs it.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<(string Text, string ToolTip)> candidates, string word)
    {
        string prefix = word.Trim('\'', '"');
        var pattern = new WildcardPattern(WildcardPattern.ContainsWildcardCharacters(prefix) ? prefix : WildcardPattern.Escape(prefix) + "*", WildcardOptions.IgnoreCase);
        var results = new List<CompletionResult>();
        foreach ((string text, string toolTip) in candidates)
        {
            if (pattern.IsMatch(text))
                results.Add(new CompletionResult(Quote(text), text, CompletionResultType.ParameterValue, toolTip.Length == 0 ? text : toolTip));
        }

        return results;
    }

    /// <summary>The sandbox that the command line names so far, or null.</summary>
    public static Sandbox? SandboxOf(System.Collections.IDictionary bound)
    {
        foreach (string parameter in (string[])["Sandbox", "Name", "FromSandbox", "ToSandbox"])
        {
            object? value = bound[parameter];
            if (value is PSObject wrapped)
                value = wrapped.BaseObject;
            if (value is Sandbox sandbox)
                return sandbox;
            if (value is string name && SandboxRegistry.Default.TryGet(name, out Sandbox? found))
                return found;
        }

        return null;
    }

    private static string Quote(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/' or '+' or ':'))
                return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        return text;
    }
}
