using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What the cmdlets share that take a started process: the object, or the sandbox and the id.</summary>
public abstract class StartedProcessCmdlet : SandboxCmdlet
{
    /// <summary>The process that Start-SandboxProcess gave.</summary>
    [Parameter(ParameterSetName = "Process", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SandboxProcess[] Process { get; set; } = [];

    /// <summary>The sandbox that it runs in.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference Sandbox { get; set; } = null!;

    /// <summary>Its id inside.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [ValidateRange(2, int.MaxValue)]
    public int[] Id { get; set; } = [];

    /// <summary>Does it for one.</summary>
    protected abstract void Act(SandboxProcess process);

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        if (ParameterSetName == "Process")
        {
            foreach (SandboxProcess process in Process)
                Guard(() => Act(process), process);
            return;
        }

        Sandbox sandbox = Resolve(Sandbox);
        foreach (int id in Id)
            Guard(() => Act(sandbox.GetStartedProcess(id)), id);
    }
}
