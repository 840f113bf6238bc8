using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Get-SandboxProcess</c>: the process table of sandboxes, as it is now.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxProcess")]
[OutputType(typeof(SandboxProcessInfo))]
public sealed class GetSandboxProcessCommand : SandboxCmdlet
{
    /// <summary>Which sandboxes; all without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [new("*")];

    /// <summary>Names that it must have, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Ids that it must have.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    public int[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        WildcardPattern[] names = Array.ConvertAll(Name, static name => new WildcardPattern(name, WildcardOptions.IgnoreCase));
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
        {
            foreach (SandboxProcessInfo process in sandbox.GetProcesses())
            {
                bool named = names.Length == 0 || Array.Exists(names, pattern => pattern.IsMatch(process.Name));
                if (named && (Id.Length == 0 || Id.Contains(process.Id)))
                    WriteObject(process);
            }
        }
    }
}
