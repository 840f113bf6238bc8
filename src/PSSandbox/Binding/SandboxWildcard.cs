using System.Management.Automation;
using PSSandbox.Provider;
using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>Paths inside a sandbox as cmdlets take them: with wildcards, or as the drive writes them.</summary>
internal static class SandboxWildcard
{
    private const string Drive = "Sandbox:";

    /// <summary>The path inside, also of one of the drive (<c>Sandbox:/build/etc</c>, or the PSPath of an item).</summary>
    /// <exception cref="SandboxException">InvalidOption for a path of another sandbox.</exception>
    public static string Inner(string path, Sandbox sandbox)
    {
        int provider = path.IndexOf("Sandbox::", StringComparison.OrdinalIgnoreCase);
        string? rest = provider == 0 || provider > 0 && path[provider - 1] == '\\' ? path[(provider + "Sandbox::".Length)..]
            : path.StartsWith(Drive, StringComparison.OrdinalIgnoreCase) ? path[Drive.Length..]
            : null;
        if (rest is null)
            return path;
        SandboxPath at = SandboxPath.Parse(rest);
        if (at.IsRoot || at.Sandbox() != sandbox)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{path}' is not a path in sandbox '{sandbox.Name}'.");
        return rest.EndsWith('/') && at.Inner != "/" ? at.Inner + "/" : at.Inner;
    }

    /// <summary>What a path with PowerShell's wildcards means; one without means itself, whether it is there or not. Hidden files need a dot.</summary>
    public static IEnumerable<string> Expand(Sandbox sandbox, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [path];
        List<string> found = [path.StartsWith('/') ? "/" : ""];
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = [.. found.SelectMany(folder => Step(sandbox, folder, part))];
        return found;
    }

    private static IEnumerable<string> Step(Sandbox sandbox, string folder, string part)
    {
        string prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        if (!WildcardPattern.ContainsWildcardCharacters(part))
            return sandbox.ItemExists(prefix + part) ? [prefix + part] : [];
        string listed = folder.Length == 0 ? "." : folder;
        if (!sandbox.GetItem(listed, follow: true).IsContainer)
            return [];
        var pattern = new WildcardPattern(part, WildcardOptions.None);
        bool hidden = part.StartsWith('.');
        return sandbox.GetItems(listed).Where(item => (hidden || !item.Name.StartsWith('.')) && pattern.IsMatch(item.Name)).Select(item => prefix + item.Name);
    }
}
