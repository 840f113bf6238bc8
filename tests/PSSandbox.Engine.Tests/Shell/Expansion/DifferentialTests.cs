using System.Text;

namespace PSSandbox.Tests.Shell.Expansion;

public sealed class DifferentialTests
{
    [Fact]
    public void Expansions_give_what_bash_gives()
    {
        string[] snippets = [.. BashSnippets.Scripts.Select(ByteText.FromText)];
        (string Output, int Status)[]? expected = RealShell.Run("bash", snippets, BashSnippets.Files);
        if (expected is null)
            Assert.Skip("needs bash");
        Compare(snippets, expected, bash: true);
    }

    [Fact]
    public void Posix_mode_gives_what_bash_and_dash_both_give()
    {
        string[] all = [.. BashSnippets.Scripts.Select(ByteText.FromText)];
        (string Output, int Status)[]? bash = RealShell.Run("bash", all, BashSnippets.Files);
        (string Output, int Status)[]? dash = RealShell.Run("dash", all, BashSnippets.Files);
        if (bash is null || dash is null)
            Assert.Skip("needs bash and dash");
        List<string> snippets = [];
        List<(string Output, int Status)> expected = [];
        for (int i = 0; i < all.Length; i++)
        {
            // Where dash has no such feature it may fail too, or by accident print the same.
            if (bash[i].Output != dash[i].Output || bash[i].Status != dash[i].Status || bash[i].Status != 0 || all[i].Contains("declare", StringComparison.Ordinal) || all[i].Contains("shopt", StringComparison.Ordinal))
                continue;
            snippets.Add(all[i]);
            expected.Add(dash[i]);
        }

        Assert.True(snippets.Count > 250, $"only {snippets.Count}");
        Compare([.. snippets], [.. expected], bash: false);
    }

    private static void Compare(string[] snippets, (string Output, int Status)[] expected, bool bash)
    {
        StringBuilder differences = new();
        int count = 0;
        for (int i = 0; i < snippets.Length; i++)
        {
            var shell = new ExpansionShell(bash);
            shell.MakeFiles(BashSnippets.Files);
            (string Output, int Status) actual;
            try
            {
                actual = shell.Run(snippets[i]);
            }
            catch (PSSandbox.Shell.Syntax.ShellSyntaxException error)
            {
                actual = (error.Message, 2);
            }

            if (actual.Output == expected[i].Output && (actual.Status == 0) == (expected[i].Status == 0))
                continue;
            count++;
            differences.Append($"{snippets[i]}\n  expected {expected[i].Status} {Show(expected[i].Output)}\n  actual   {actual.Status} {Show(actual.Output)} {Show(shell.Errors)}\n");
        }

        Assert.True(count == 0, $"{count} of {snippets.Length} differ:\n{differences}");
    }

    private static string Show(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);
}
