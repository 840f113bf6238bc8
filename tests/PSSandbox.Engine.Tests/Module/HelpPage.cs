using System.Text.RegularExpressions;

namespace PSSandbox.Tests.Module;

/// <summary>A cmdlet's page in docs/.</summary>
internal sealed partial class HelpPage
{
    private readonly Dictionary<string, string> _sections;

    private HelpPage(string text)
    {
        Text = text;
        _sections = Split(text, "## ");
    }

    public string Text { get; }

    public string Synopsis => Section("SYNOPSIS");

    public string Description => Section("DESCRIPTION");

    /// <summary>Parameters that the syntax names.</summary>
    public IEnumerable<string> SyntaxParameters => NamedParameter().Matches(Section("SYNTAX")).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>Text of each parameter's section.</summary>
    public Dictionary<string, string> Parameters =>
        Split(Section("PARAMETERS"), "### -").Where(p => p.Key != "").ToDictionary(p => p.Key, p => p.Value);

    /// <summary>Types that it says that the cmdlet gives.</summary>
    public IEnumerable<string> Outputs => Split(Section("OUTPUTS"), "### ").Keys.Where(k => k != "");

    /// <summary>Code of each example that is run.</summary>
    public IEnumerable<string> Examples => Fence().Matches(Section("EXAMPLES")).Select(m => m.Groups[1].Value);

    public static HelpPage? Of(string cmdlet)
    {
        string path = Path.Combine(TestPaths.Repository, "docs", cmdlet + ".md");
        return File.Exists(path) ? new HelpPage(File.ReadAllText(path).ReplaceLineEndings("\n")) : null;
    }

    /// <summary>What a parameter's section lists as its aliases.</summary>
    public static IEnumerable<string> AliasesOf(string section) =>
        AliasList().Match(section).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimStart('-', ' '));

    private string Section(string name) => _sections.GetValueOrDefault(name, "").Trim();

    private static Dictionary<string, string> Split(string text, string heading)
    {
        var sections = new Dictionary<string, string>();
        string name = "";
        var body = new List<string>();
        foreach (string line in text.Split('\n').Append(heading))
        {
            if (!line.StartsWith(heading, StringComparison.Ordinal))
            {
                body.Add(line);
                continue;
            }

            sections[name] = string.Join('\n', body);
            body.Clear();
            name = line[heading.Length..].Trim();
            if (heading == "### -" && name is "" && sections.Count > 1)
                break;
        }

        return sections;
    }

    [GeneratedRegex(@"(?<![\w-])-([A-Z]\w*)")]
    private static partial Regex NamedParameter();

    [GeneratedRegex(@"^```powershell\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^Aliases:\n((?:- .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex AliasList();
}
