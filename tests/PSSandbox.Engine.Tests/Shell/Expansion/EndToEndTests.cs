using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>The whole shell against bash.</summary>
public sealed class EndToEndTests
{
    private const string Show = "p() { for p_ in \"$@\"; do printf '<%s>' \"$p_\"; done; echo; }\n";

    [Fact]
    public void Expansions_give_what_bash_gives() => Compare(BashSnippets.Scripts);

    [Fact]
    public void Variables_are_what_they_are_in_bash() => Compare(VariableSnippets.Scripts);

    private static void Compare(string[] scripts)
    {
        string[] snippets = [.. scripts.Select(ByteText.FromText)];
        (string Output, int Status)[]? expected = RealShell.Run("bash", snippets, BashSnippets.Files);
        if (expected is null)
            Assert.Skip("needs bash");
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { WorkingDirectory = "/work" });
        StringBuilder setup = new("mkdir -p /work && cd /work || exit\n");
        foreach (string file in BashSnippets.Files)
            setup.Append(file.EndsWith('/') ? $"mkdir -p '{file}'\n" : $": > '{file}'\n");
        SandboxResult made = sandbox.RunShell(setup.ToString());
        Assert.True(made.ExitCode == 0, made.Stderr);
        StringBuilder differences = new();
        int count = 0;
        for (int i = 0; i < snippets.Length; i++)
        {
            SandboxResult result = sandbox.RunShell(Show + scripts[i], new SandboxRunOptions { ScriptName = "shell" });
            string output = ByteText.FromText(result.Stdout);
            if (output == expected[i].Output && (result.ExitCode == 0) == (expected[i].Status == 0))
                continue;
            count++;
            differences.Append($"{scripts[i]}\n  expected {expected[i].Status} {Line(expected[i].Output)}\n  actual   {result.ExitCode} {Line(output)} {Line(result.Stderr)}\n");
        }

        Assert.True(count == 0, $"{count} of {snippets.Length} differ:\n{differences}");
    }

    private static string Line(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);
}
