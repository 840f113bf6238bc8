using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Suspend-Sandbox</c>: stops every process of a sandbox where it is.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void), typeof(Sandbox))]
public sealed class SuspendSandboxCommand : SandboxStateCmdlet
{
    /// <inheritdoc/>
    protected override string Change(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        sandbox.Suspend();
        return "Suspended";
    }
}
