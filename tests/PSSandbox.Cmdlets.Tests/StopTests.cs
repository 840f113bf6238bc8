using System.Management.Automation;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>Pipelines that are stopped, as Ctrl+C does it.</summary>
public sealed class StopTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Invoke-SandboxShell 'while :; do :; done'")]
    [InlineData("Invoke-SandboxShell 'while :; do :; done' -OutputAs Line")]
    [InlineData("Invoke-SandboxShell 'sleep 600' -Sandbox box -OutputAs Json")]
    [InlineData("Invoke-SandboxCommand awk 'BEGIN { for (;;) i++ }'")]
    [InlineData("Invoke-SandboxCommand cat /dev/zero -Sandbox box -OutputAs Byte")]
    [InlineData("1..1e9 | Invoke-SandboxShell 'sleep 600' -Sandbox box")]
    [InlineData("1..1e9 | Invoke-SandboxShell 'sleep 600' -Sandbox box -OutputAs Line")]
    [InlineData("Start-SandboxProcess sleep 600 -Sandbox box | Wait-SandboxProcess")]
    [InlineData("Start-SandboxProcess sleep 600 -Sandbox box | Receive-SandboxProcess -Follow")]
    [InlineData("$p = Start-SandboxProcess sleep 600 -Sandbox box; 1..1e9 | Send-SandboxProcess $p")]
    [InlineData("Get-SandboxStats box -Continuous -IntervalSec 600")]
    public void A_stopped_pipeline_ends(string script)
    {
        _session.Run("$null = New-Sandbox box");
        using PowerShell shell = _session.Script("Write-Information begun; " + script);
        IAsyncResult run = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => shell.Streams.Information.Count > 0, Session.HangGuard));
        Thread.Sleep(200);
        Assert.False(run.IsCompleted);
        IAsyncResult stop = shell.BeginStop(null, null);
        Assert.True(stop.AsyncWaitHandle.WaitOne(Session.HangGuard), script);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(_session.Run("Get-SandboxProcess -Name awk, cat"));
    }

    [Fact]
    public void What_was_written_before_the_stop_is_kept()
    {
        using PowerShell shell = _session.Script("Invoke-SandboxShell 'echo begun; echo bad >&2; sleep 600' -OutputAs Line -ErrorAs Merge -ResultVariable global:after");
        using var output = new PSDataCollection<PSObject>();
        using var two = new CountdownEvent(2);
        output.DataAdded += (_, _) => two.Signal();
        shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(two.Wait(Session.HangGuard));
        shell.Stop();
        Assert.Equal(["begun", "bad"], output.Select(line => (string)line.BaseObject));
        dynamic after = _session.Variable("after")!;
        Assert.True((bool)after.Canceled);
        Assert.Equal(137, (int)after.ExitCode);
    }
}
