using System.Collections;
using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Get-Sandbox</c>: the sandboxes that there are.</summary>
[Cmdlet(VerbsCommon.Get, "Sandbox", DefaultParameterSetName = "Name")]
[OutputType(typeof(Sandbox))]
public sealed class GetSandboxCommand : SandboxCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Sandbox")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Ids, or their first digits.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true)]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Labels that it must have; values with wildcards.</summary>
    [Parameter]
    public IDictionary? Label { get; set; }

    /// <summary>The status that it must have.</summary>
    // Not of the enumeration's type: a field of it would load the engine when the module is looked at, before it can be
    // loaded where it belongs.
    [Parameter]
    [ValidateSet(nameof(SandboxStatus.Running), nameof(SandboxStatus.Paused), nameof(SandboxStatus.Stopped), nameof(SandboxStatus.Failed))]
    public string? Status { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll((ParameterSetName == "Id" ? Id : Name).Select(static name => new SandboxReference(name))))
        {
            if (HasLabels(sandbox) && (Status is null || Status.Equals(sandbox.Status.ToString(), StringComparison.OrdinalIgnoreCase)))
                WriteObject(sandbox);
        }
    }

    private bool HasLabels(Sandbox sandbox)
    {
        foreach ((string name, string value) in Label.ToText())
        {
            if (!sandbox.Options.Labels.TryGetValue(name, out string? has) || !new WildcardPattern(value, WildcardOptions.IgnoreCase).IsMatch(has))
                return false;
        }

        return true;
    }
}
