using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Remove-Sandbox</c>: ends what runs in a sandbox and drops its files.</summary>
[Cmdlet(VerbsCommon.Remove, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemoveSandboxCommand : SandboxCmdlet
{
    /// <summary>Which, by object, name, pattern or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
        {
            if (!ShouldProcess(sandbox.Name, "Remove-Sandbox"))
                continue;
            SandboxRegistry.Default.Remove(sandbox);
            WriteVerbose($"Removed sandbox '{sandbox.Name}' ({sandbox.Id}).");
        }
    }
}
