using System.Diagnostics;
using System.Management.Automation;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>What a person sees while a large program is compiled for the first time, which takes seconds without a cache.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    // Each with a program of its own, since one is compiled once in a process.
    [Theory]
    [InlineData("python", "Invoke-SandboxShell 'python3 -c \"print(6 * 7)\"' -OutputAs Line")]
    [InlineData("ruby", "(Start-SandboxProcess ruby -ArgumentList '-e', 'puts 6 * 7' -Sandbox box | Wait-SandboxProcess).Stdout.Trim()")]
    [InlineData("clang", "Start-SandboxProcess -Script 'clang --version > /dev/null; echo 42' -Sandbox box | Receive-SandboxProcess -Follow")]
    public void Compilation_is_shown_until_it_is_done(string runtime, string script)
    {
        Assert.SkipUnless(
            _session.Run("(Get-SandboxRuntime).Languages | ForEach-Object Name").Any(name => (string)name.BaseObject == runtime),
            $"needs the language runtime {runtime}, which './build.sh runtimes' installs where npm is");
        _session.Run("$null = New-Sandbox box");
        using PowerShell shell = _session.Script(script);
        var watch = Stopwatch.StartNew();
        Assert.Equal("42", Assert.Single(shell.Invoke()).BaseObject);
        watch.Stop();
        Assert.Empty(shell.Streams.Error);
        ProgressRecord[] records = [.. shell.Streams.Progress];
        // Most of a short run is the program's own start; of the largest one it is the compiler.
        Assert.SkipWhen(records.Length == 0 && watch.Elapsed < TimeSpan.FromSeconds(6), "this machine compiles it before anyone would wonder");
        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Contains($"/opt/runtimes/{runtime}/", record.Activity, StringComparison.Ordinal));
        Assert.All(records[..^1], record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
    }
}
