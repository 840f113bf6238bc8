using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Resume-Sandbox</c>: lets a suspended sandbox go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void), typeof(Sandbox))]
public sealed class ResumeSandboxCommand : SandboxCmdlet
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
            Guard(() => Resume(sandbox), sandbox);
    }

    private void Resume(Sandbox sandbox)
    {
        if (!ShouldProcess(sandbox.Name, "Resume-Sandbox"))
            return;
        sandbox.Resume();
        WriteVerbose($"Resumed sandbox '{sandbox.Name}'.");
        if (PassThru)
            WriteObject(sandbox);
    }
}
