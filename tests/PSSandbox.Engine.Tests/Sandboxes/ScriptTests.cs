using System.Diagnostics;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>The scripts of tests/scripts, in the sandbox and in the machine's shells.</summary>
public sealed class ScriptTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, "tests", "scripts");

    public static TheoryData<string> Scripts => new(Directory.GetFiles(Folder, "*.sh").Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Directory.GetFiles(Folder, "*.sh").Length >= 60);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void In_the_sandbox(string name)
    {
        var expected = Expectation.Read(name);
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { WorkingDirectory = "/work" });
        sandbox.WriteFile("/script.sh", File.ReadAllBytes(Path.Combine(Folder, name + ".sh")));
        SandboxResult result = sandbox.Run([expected.Shell, "/script.sh"], new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal(
            (expected.Status, ByteText.FromBytes(expected.Stdout), ByteText.FromBytes(expected.Stderr)),
            (result.ExitCode, ByteText.FromBytes(result.StdoutBytes), ByteText.FromBytes(result.StderrBytes)));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void In_the_machines_shells(string name)
    {
        var expected = Expectation.Read(name);
        string[] shells = expected.Shell == "sh" ? ["dash", "bash"] : ["bash"];
        string[] present = [.. shells.Where(TestPaths.OnPath)];
        if (present.Length == 0)
            Assert.Skip($"needs {string.Join(" or ", shells)}");
        foreach (string shell in present)
        {
            string directory = Directory.CreateTempSubdirectory("pssandbox-script-").FullName;
            try
            {
                var start = new ProcessStartInfo(shell, [Path.Combine(Folder, name + ".sh")])
                {
                    WorkingDirectory = directory,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    StandardOutputEncoding = System.Text.Encoding.Latin1,
                };
                start.Environment.Clear();
                start.Environment["PATH"] = "/usr/bin:/bin";
                start.Environment["HOME"] = "/root";
                start.Environment["LANG"] = "C.UTF-8";
                using Process process = Process.Start(start)!;
                process.StandardInput.Close();
                string stdout = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.Equal((shell, expected.Status, ByteText.FromBytes(expected.Stdout)), (shell, process.ExitCode, stdout));
            }
            finally
            {
                // A name that is not UTF-8 is more than .NET's own deletion can say.
                Process.Start("rm", ["-rf", directory]).WaitForExit();
            }
        }
    }

    private sealed record Expectation(string Shell, byte[] Stdout, byte[] Stderr, int Status)
    {
        public static Expectation Read(string name)
        {
            string file = Path.Combine(Folder, name);
            string first = File.ReadLines(file + ".sh").First();
            Assert.StartsWith("# shell: ", first, StringComparison.Ordinal);
            return new Expectation(
                first["# shell: ".Length..],
                File.ReadAllBytes(file + ".out"),
                File.Exists(file + ".err") ? File.ReadAllBytes(file + ".err") : [],
                File.Exists(file + ".status") ? int.Parse(File.ReadAllText(file + ".status")) : 0);
        }
    }
}
