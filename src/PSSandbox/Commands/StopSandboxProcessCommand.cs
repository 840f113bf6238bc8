using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Stop-SandboxProcess</c>: sends a signal to processes of a sandbox, TERM unless told otherwise.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SandboxProcess", DefaultParameterSetName = "Process", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class StopSandboxProcessCommand : SandboxCmdlet
{
    /// <summary>The process that Start-SandboxProcess gave.</summary>
    [Parameter(ParameterSetName = "Process", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SandboxProcess[] Process { get; set; } = [];

    /// <summary>A line of the process table, as Get-SandboxProcess gives it.</summary>
    [Parameter(ParameterSetName = "ProcessInfo", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SandboxProcessInfo[] ProcessInfo { get; set; } = [];

    /// <summary>The sandbox that it runs in.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference Sandbox { get; set; } = null!;

    /// <summary>Its id inside; any of the process table.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>The signal: TERM, SIGINT, 9.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SignalCompleter))]
    [ValidateNotNullOrEmpty]
    public string Signal { get; set; } = "TERM";

    /// <summary>Ends it whatever it does (signal KILL).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        int signal = SandboxSignals.Parse(Force ? "KILL" : Signal);
        string action = $"Send signal {SandboxSignals.NameOf(signal)}";
        switch (ParameterSetName)
        {
            case "Process":
                foreach (SandboxProcess process in Process)
                {
                    if (!process.HasExited && ShouldProcess(Target(process.Id, process.Sandbox), action))
                        Guard(() => process.Signal(signal), process);
                }

                break;
            case "ProcessInfo":
                foreach (SandboxProcessInfo process in ProcessInfo)
                    Guard(() => StopListed(process, signal, action), process);
                break;
            default:
                Sandbox sandbox = Resolve(Sandbox);
                foreach (int id in Id)
                    Guard(() => Stop(sandbox, id, signal, action), id);
                break;
        }
    }

    private void StopListed(SandboxProcessInfo process, int signal, string action)
    {
        try
        {
            Stop(Resolve(new SandboxReference(process.Sandbox)), process.Id, signal, action);
        }
        catch (SandboxException e) when (e.Code == SandboxErrorCode.ProcessNotFound)
        {
            // It has ended since it was listed.
        }
    }

    private void Stop(Sandbox sandbox, int id, int signal, string action)
    {
        if (ShouldProcess(Target(id, sandbox.Name), action))
            sandbox.SignalProcess(id, signal);
    }
}
