using System.Management.Automation;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>What goes to which stream, and when; errors and their ids.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Lines_come_while_the_script_runs()
    {
        _session.Run("$null = New-Sandbox box");
        using PowerShell shell = _session.Script("Invoke-SandboxShell 'echo first; until [ -e /tmp/go ]; do sleep 0.01; done; echo second' -Sandbox box -OutputAs Line");
        using var output = new PSDataCollection<PSObject>();
        using var first = new ManualResetEventSlim();
        output.DataAdded += (_, _) => first.Set();
        IAsyncResult run = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(first.Wait(Session.HangGuard));
        Assert.False(run.IsCompleted);
        using (var other = new Session())
            other.Run("$null = New-Item Sandbox:/box/tmp/go");
        Assert.True(run.AsyncWaitHandle.WaitOne(Session.HangGuard));
        Assert.Equal(["first", "second"], output.Select(line => (string)line.BaseObject));
    }

    [Fact]
    public void Each_stream_gets_what_is_its()
    {
        using PowerShell shell = _session.Script("Invoke-SandboxShell 'echo out; echo bad >&2; exit 2' -OutputAs Line -Verbose -Debug");
        Assert.Equal("out", Assert.Single(shell.Invoke()).BaseObject);
        Assert.Equal("bad", Assert.Single(shell.Streams.Error).ToString());
        Assert.Contains(shell.Streams.Verbose, record => record.Message.Contains("status 2", StringComparison.Ordinal));
        Assert.NotEmpty(shell.Streams.Debug);
        Assert.Empty(shell.Streams.Warning);
        using PowerShell warned = _session.Script("Invoke-SandboxShell 'echo bad >&2' -OutputAs Line -ErrorAs Warning");
        Assert.Empty(warned.Invoke());
        Assert.Equal("bad", Assert.Single(warned.Streams.Warning).Message);
    }

    [Theory]
    [InlineData("Get-Sandbox nobody", "SandboxNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$null = New-Sandbox a; New-Sandbox a", "SandboxExists", ErrorCategory.ResourceExists)]
    [InlineData("New-Sandbox 'a/b'", "InvalidOption", ErrorCategory.InvalidArgument)]
    [InlineData("New-Sandbox -Mount /no/such/folder:/m", "MountFailed", ErrorCategory.OpenError)]
    [InlineData("New-Sandbox -WorkingDirectory relative", "InvalidOption", ErrorCategory.InvalidArgument)]
    [InlineData("$null = New-Sandbox a; Resume-Sandbox a", "SandboxNotRunning", ErrorCategory.InvalidOperation)]
    [InlineData("$null = New-Sandbox a; Suspend-Sandbox a; Invoke-SandboxShell true -Sandbox a", "SandboxNotRunning", ErrorCategory.InvalidOperation)]
    [InlineData("$null = New-Sandbox a; Stop-SandboxProcess -Sandbox a -Id 99", "ProcessNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$null = New-Sandbox a; Get-Content Sandbox:/a/none -Raw -ErrorAction Continue; Copy-SandboxItem /none . -FromSandbox a", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$null = New-Sandbox a -Storage 64KB; Set-Content Sandbox:/a/f ('x' * 200KB)", "SandboxLimitExceeded", ErrorCategory.LimitsExceeded)]
    [InlineData("Invoke-SandboxShell 'exit 3' -OutputAs Line -ErrorOnExitCode", "SandboxExitCode", ErrorCategory.InvalidResult)]
    [InlineData("Invoke-SandboxShell 'echo {' -OutputAs Json", "SandboxOutputNotJson", ErrorCategory.InvalidData)]
    public void Errors_have_an_id_a_category_and_advice(string script, string id, ErrorCategory category)
    {
        using PowerShell shell = _session.Script(script);
        shell.Invoke();
        ErrorRecord error = shell.Streams.Error.Last();
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction));
    }
}
