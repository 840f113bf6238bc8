using System.Diagnostics;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Shell.Interpreter;

/// <summary>
/// Runs tables of short scripts in a sandbox and in this machine's shells: standard output and status must be the same.
/// </summary>
public sealed class SnippetTests
{
    private const string Separator = "\n%%\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("bash", "posix-snippets.txt")]
    [InlineData("dash", "posix-snippets.txt")]
    [InlineData("bash", "posix-errors.txt")]
    [InlineData("dash", "posix-errors.txt")]
    [InlineData("bash", "bash-snippets.txt")]
    [InlineData("dash", "dash-snippets.txt")]
    public void Snippets_do_what_they_do_in_the_real_shell(string shell, string file)
    {
        string native = $"/bin/{shell}";
        if (!File.Exists(native))
            Assert.Skip($"needs {native}");
        string folder = Directory.CreateTempSubdirectory("snippets").FullName;
        var differences = new StringBuilder();
        int count = 0;
        try
        {
            foreach (string snippet in Read(file))
            {
                Empty(folder);
                (string Output, int Status) expected = RunNative(native, snippet, folder);
                (string Output, int Status) actual = RunInSandbox(shell, snippet, folder, out string errors);
                count++;
                if (expected != actual)
                    differences.Append($"{snippet}\n--- {shell}: {expected.Status}\n{expected.Output}--- sandbox: {actual.Status}\n{actual.Output}{errors}\n");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.True(count > 20);
        Assert.True(differences.Length == 0, differences.ToString());
    }

    private static IEnumerable<string> Read(string file) =>
        File.ReadAllText(Path.Combine(TestPaths.Repository, "tests", "PSSandbox.Engine.Tests", "Shell", "Interpreter", file), Encoding.Latin1)
            .Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    private static (string Output, int Status) RunInSandbox(string shell, string snippet, string folder, out string errors)
    {
        using Sandbox sandbox = Sandbox.Create();
        sandbox.Run(["mkdir", "-p", folder], cancellation: TestContext.Current.CancellationToken);
        var options = new SandboxRunOptions { WorkingDirectory = folder, Environment = Environment(folder), Timeout = Patience };
        SandboxResult result = sandbox.Run([shell, "-c", snippet], options, TestContext.Current.CancellationToken);
        errors = result.Stderr;
        return (Encoding.Latin1.GetString(result.StdoutBytes), result.ExitCode);
    }

    private static (string Output, int Status) RunNative(string shell, string snippet, string folder)
    {
        var start = new ProcessStartInfo(shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(snippet);
        start.Environment.Clear();
        foreach ((string name, string value) in Environment(folder))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, process.ExitCode);
    }

    private static Dictionary<string, string> Environment(string folder) =>
        new() { ["HOME"] = folder, ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    private static void Empty(string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
    }
}
