using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Suspend-Sandbox</c>: stops every process of a sandbox where it is.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void), typeof(Sandbox))]
public sealed class SuspendSandboxCommand : SandboxCmdlet
{
    /// <summary>Which, by object, name, pattern or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [];

    /// <summary>Gives the sandbox.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
            Guard(() => Suspend(sandbox), sandbox);
    }

    private void Suspend(Sandbox sandbox)
    {
        if (!ShouldProcess(sandbox.Name, "Suspend-Sandbox"))
            return;
        sandbox.Suspend();
        WriteVerbose($"Suspended sandbox '{sandbox.Name}'.");
        if (PassThru)
            WriteObject(sandbox);
    }
}
