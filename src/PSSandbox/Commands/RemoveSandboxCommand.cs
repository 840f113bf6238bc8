using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Remove-Sandbox</c>: ends what runs in a sandbox and drops its files.</summary>
[Cmdlet(VerbsCommon.Remove, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemoveSandboxCommand : SandboxTargetCmdlet
{
    /// <inheritdoc/>
    protected override void Act(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        SandboxRegistry.Default.Remove(sandbox);
        WriteVerbose($"Removed sandbox '{sandbox.Name}' ({sandbox.Id}).");
    }
}
