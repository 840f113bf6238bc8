using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Module;

/// <summary>
/// The module's parts name the same things: assembly, manifest, help pages, views, README. All without PowerShell.
/// </summary>
public sealed partial class ModuleDefinitionTests
{
    private static readonly string Manifest = Read("module/PSSandbox.psd1");

    public static TheoryData<string> Names => [.. ModuleMetadata.Cmdlets.Keys.Order(StringComparer.Ordinal)];

    private static string Read(string path) => File.ReadAllText(Path.Combine(TestPaths.Repository, path)).ReplaceLineEndings("\n");

    private static IEnumerable<string> ManifestList(string key) =>
        Quoted().Matches(Regex.Match(Manifest, $@"\b{key}\s*=\s*@\((.*?)\)", RegexOptions.Singleline).Groups[1].Value).Select(m => m.Groups[1].Value);

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    [Fact]
    public void The_manifest_exports_every_cmdlet_and_nothing_else()
    {
        Assert.NotEmpty(ModuleMetadata.Cmdlets);
        Assert.Equal(Sorted(ModuleMetadata.Cmdlets.Keys), Sorted(ManifestList("CmdletsToExport")));
        foreach (string key in (string[])["FunctionsToExport", "VariablesToExport", "AliasesToExport"])
            Assert.Empty(ManifestList(key));
    }

    [Fact]
    public void The_manifest_names_every_file_of_views_and_types()
    {
        string module = Path.Combine(TestPaths.Repository, "module");
        IEnumerable<string> files = Directory.GetFiles(module, "*.format.ps1xml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(module, f).Replace('\\', '/'));
        Assert.Equal(Sorted(files), Sorted(ManifestList("FormatsToProcess")));
        Assert.All(ManifestList("TypesToProcess"), f => Assert.True(File.Exists(Path.Combine(module, f)), f));
    }

    [Fact]
    public void Every_page_is_of_a_cmdlet()
    {
        IEnumerable<string> pages = Directory.GetFiles(Path.Combine(TestPaths.Repository, "docs"), "*-*.md")
            .Select(f => Path.GetFileNameWithoutExtension(f)!).Where(name => CmdletName().IsMatch(name) && CmdletName().Match(name).Value == name);
        Assert.Equal(Sorted(ModuleMetadata.Cmdlets.Keys), Sorted(pages));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_tells_of_every_parameter(string name)
    {
        CmdletMetadata cmdlet = ModuleMetadata.Cmdlets[name];
        HelpPage? page = HelpPage.Of(name);
        Assert.True(page is not null, $"docs/{name}.md is missing.");
        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.NotEqual("", page.Synopsis);
        Assert.NotEqual("", page.Description);
        Dictionary<string, string> sections = page.Parameters;
        Assert.Equal(Sorted(cmdlet.AllParameters), Sorted(sections.Keys));
        Assert.Equal(Sorted(cmdlet.AllParameters), Sorted(page.SyntaxParameters));
        foreach ((string parameter, string[] aliases) in cmdlet.Parameters)
        {
            Assert.Equal(Sorted(aliases), Sorted(HelpPage.AliasesOf(sections[parameter])));
            string description = sections[parameter].Split("```")[0].Trim();
            Assert.True(description.Length > 5, $"docs/{name}.md: -{parameter} has no description.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_tells_what_comes_out_and_has_examples(string name)
    {
        CmdletMetadata cmdlet = ModuleMetadata.Cmdlets[name];
        HelpPage page = HelpPage.Of(name)!;
        Assert.Equal(Sorted(cmdlet.Outputs), Sorted(page.Outputs));
        Assert.True(page.Examples.Any(), $"docs/{name}.md has no example.");
        Assert.Contains(page.Examples, code => code.Contains(name, StringComparison.Ordinal));
        foreach (string mentioned in CmdletName().Matches(page.Text).Select(m => m.Value))
            Assert.True(ModuleMetadata.Cmdlets.ContainsKey(mentioned), $"docs/{name}.md names {mentioned}, which is not there.");
    }

    [Fact]
    public void The_help_file_is_made_from_the_pages()
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        XNamespace maml = "http://schemas.microsoft.com/maml/2004/10";
        XDocument help = XDocument.Load(Path.Combine(TestPaths.Repository, "module", "en-US", "PSSandbox.dll-Help.xml"));
        Dictionary<string, XElement> commands = help.Descendants(command + "command")
            .ToDictionary(c => c.Element(command + "details")!.Element(command + "name")!.Value);
        Assert.Equal(Sorted(ModuleMetadata.Cmdlets.Keys), Sorted(commands.Keys));
        foreach ((string name, XElement element) in commands)
        {
            HelpPage page = HelpPage.Of(name)!;
            IEnumerable<string> parameters = element.Element(command + "parameters")!.Elements().Select(p => p.Element(maml + "name")!.Value);
            Assert.Equal(Sorted(ModuleMetadata.Cmdlets[name].AllParameters), Sorted(parameters));
            string text = Squeeze(element.Value);
            Assert.All(page.Examples.Append(page.Synopsis), part => Assert.True(
                text.Contains(Squeeze(part), StringComparison.Ordinal), $"module/en-US does not have this of {name}; module/Build-Help.ps1 makes it anew: {part}"));
        }
    }

    [Fact]
    public void Every_type_that_comes_out_has_three_views_and_a_default_set()
    {
        XElement[] views = [.. ManifestList("FormatsToProcess").SelectMany(f => XDocument.Parse(Read("module/" + f)).Descendants("View"))];
        string[] sets = [.. XDocument.Parse(Read("module/PSSandbox.types.ps1xml")).Descendants("Type").Select(t => t.Element("Name")!.Value)];
        Type[] types = Reachable();
        Assert.Contains(typeof(SandboxResult), types);
        foreach (Type type in types)
        {
            IEnumerable<XElement> own = views.Where(v => v.Descendants("TypeName").Any(n => n.Value == type.FullName));
            IEnumerable<string> controls = own.SelectMany(v => v.Elements()).Select(e => e.Name.LocalName).Where(n => n.EndsWith("Control", StringComparison.Ordinal));
            Assert.True(
                Sorted(controls).SequenceEqual(["ListControl", "TableControl", "WideControl"]),
                $"{type.FullName} has the views {string.Join(", ", controls)}.");
            Assert.Contains(type.FullName, sets);
        }
    }

    [Fact]
    public void Views_and_sets_name_types_and_properties_that_exist()
    {
        foreach (string file in ManifestList("FormatsToProcess").Append("PSSandbox.types.ps1xml"))
        {
            foreach (XElement part in XDocument.Parse(Read("module/" + file)).Descendants().Where(e => e.Name.LocalName is "View" or "Type"))
            {
                string name = part.Descendants("TypeName").FirstOrDefault()?.Value ?? part.Element("Name")!.Value;
                Type? type = typeof(Sandbox).Assembly.GetType(name);
                Assert.True(type is not null, $"{file} names the type {name}, which does not exist.");
                IEnumerable<string> used = part.Descendants("PropertyName").Select(p => p.Value)
                    .Concat(part.Descendants("ReferencedProperties").Elements("Name").Select(p => p.Value))
                    .Concat(part.Descendants("ScriptBlock").SelectMany(s => FirstProperty().Matches(s.Value)).Select(m => m.Groups[1].Value));
                foreach (string property in used.Where(p => p is not ("Key" or "Value")))
                {
                    bool exists = type.GetProperty(property) is not null
                        || type.GetProperties().Any(p => Element(p.PropertyType).GetProperty(property) is not null);
                    Assert.True(exists, $"{file}: {name} has no property {property}.");
                }
            }
        }
    }

    [Fact]
    public void The_readme_tells_of_every_cmdlet_and_topic()
    {
        string readme = Read("README.md");
        Assert.All(ModuleMetadata.Cmdlets.Keys, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
        foreach (string topic in (string[])["about_PSSandbox", "about_SandboxFileSystem", "about_SandboxLimits"])
        {
            Assert.StartsWith($"# {topic}\n\n## Short description\n\n", Read($"docs/{topic}.md"), StringComparison.Ordinal);
            Assert.Contains(topic, readme, StringComparison.Ordinal);
        }
    }

    /// <summary>Types of the engine that cmdlets give, and those of their properties.</summary>
    private static Type[] Reachable()
    {
        var found = new HashSet<Type>();
        var left = new Stack<Type>(ModuleMetadata.Cmdlets.Values.SelectMany(c => c.Outputs).Distinct()
            .Select(typeof(Sandbox).Assembly.GetType).OfType<Type>());
        while (left.TryPop(out Type? type))
        {
            if (!type.IsClass || type.Namespace?.StartsWith("PSSandbox", StringComparison.Ordinal) != true || !found.Add(type))
                continue;
            foreach (System.Reflection.PropertyInfo property in type.GetProperties().Where(p => p.GetIndexParameters().Length == 0))
                left.Push(Element(property.PropertyType));
        }

        // Handles that cmdlets take again, not what is shown.
        found.RemoveWhere(t => t == typeof(OutputLog) || t == typeof(InputQueue));
        return [.. found];
    }

    private static Type Element(Type type) =>
        type.GetElementType() ?? (type.IsGenericType && type.GetGenericArguments() is [var argument] ? argument : type);

    private static string Squeeze(string text) => Blank().Replace(text, "");

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Sandbox[A-Za-z]*\b(?!\.)")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex FirstProperty();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
