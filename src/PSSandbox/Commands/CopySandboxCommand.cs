using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Copy-Sandbox</c>: a sandbox with the same options and the same files; unchanged ones are shared.</summary>
[Cmdlet(VerbsCommon.Copy, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Sandbox))]
public sealed class CopySandboxCommand : SandboxCmdlet
{
    /// <summary>Which, by object, name or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference Sandbox { get; set; } = null!;

    /// <summary>Names of the copies; one is made for each. Without any, one with a name made up.</summary>
    [Parameter(Position = 1)]
    [Alias("NewName")]
    [ValidateNotNullOrEmpty]
    public string[]? Destination { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        Sandbox source = Resolve(Sandbox);
        if (Destination is null)
            Copy(source, null);
        foreach (string name in Destination ?? [])
            Guard(() => Copy(source, name), name);
    }

    private void Copy(Sandbox source, string? name)
    {
        if (!ShouldProcess($"{source.Name} to {name ?? "a new name"}", "Copy-Sandbox"))
            return;
        Sandbox copy = SandboxRegistry.Default.Fork(source, name).Own();
        WriteVerbose($"Copied sandbox '{source.Name}' to '{copy.Name}' ({copy.Id}).");
        WriteObject(copy);
    }
}
