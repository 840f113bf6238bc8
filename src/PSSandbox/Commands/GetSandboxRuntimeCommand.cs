using System.Management.Automation;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Get-SandboxRuntime</c>: what sandboxes run on here, and why.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxRuntime")]
[OutputType(typeof(SandboxRuntimeInfo))]
public sealed class GetSandboxRuntimeCommand : SandboxCmdlet
{
    /// <summary>The engine to tell of.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string Engine { get; set; } = "auto";

    /// <inheritdoc/>
    protected override void ProcessOne() => WriteObject(SandboxRuntime.GetInfo(Engine));
}
