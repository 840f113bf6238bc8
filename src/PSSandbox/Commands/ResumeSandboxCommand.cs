using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Resume-Sandbox</c>: lets a suspended sandbox go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void), typeof(Sandbox))]
public sealed class ResumeSandboxCommand : SandboxStateCmdlet
{
    /// <inheritdoc/>
    protected override string Change(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        sandbox.Resume();
        return "Resumed";
    }
}
