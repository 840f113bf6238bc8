using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What the cmdlets share that change the state of whole sandboxes.</summary>
public abstract class SandboxStateCmdlet : SandboxTargetCmdlet
{
    /// <summary>Gives the sandbox.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes one.</summary>
    /// <returns>What was done, for the verbose stream.</returns>
    protected abstract string Change(Sandbox sandbox);

    /// <inheritdoc/>
    protected override void Act(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        WriteVerbose($"{Change(sandbox)} sandbox '{sandbox.Name}'.");
        if (PassThru)
            WriteObject(sandbox);
    }
}
