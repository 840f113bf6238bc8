using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What the cmdlets share that change the state of whole sandboxes.</summary>
public abstract class SandboxStateCmdlet : SandboxCmdlet
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

    /// <summary>Changes one.</summary>
    /// <returns>What was done, for the verbose stream.</returns>
    protected abstract string Change(Sandbox sandbox);

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
            Guard(() => ChangeOne(sandbox), sandbox);
    }

    private void ChangeOne(Sandbox sandbox)
    {
        if (!ShouldProcess(sandbox.Name, MyInvocation.MyCommand.Name))
            return;
        WriteVerbose($"{Change(sandbox)} sandbox '{sandbox.Name}'.");
        if (PassThru)
            WriteObject(sandbox);
    }
}
