using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What the cmdlets share that do something to whole sandboxes.</summary>
public abstract class SandboxTargetCmdlet : SandboxCmdlet
{
    /// <summary>Which, by object, name, pattern or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [];

    /// <summary>Does it to one, which the user agreed to.</summary>
    protected abstract void Act(Sandbox sandbox);

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
        {
            if (ShouldProcess(sandbox.Name, MyInvocation.MyCommand.Name))
                Guard(() => Act(sandbox), sandbox);
        }
    }
}
