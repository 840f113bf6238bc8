using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Get-SandboxStats</c>: what sandboxes use now, once or again and again.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxStats")]
[OutputType(typeof(SandboxStatistics))]
public sealed class GetSandboxStatsCommand : SandboxCmdlet
{
    private readonly List<SandboxReference> _all = [];

    /// <summary>Which, by object, name, pattern or id; all without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [new("*")];

    /// <summary>Again and again, until it is stopped or none is left.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary>Time between two measurements.</summary>
    [Parameter]
    [Alias("Interval")]
    [DurationTransformation]
    public TimeSpan IntervalSec { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        if (Continuous)
            _all.AddRange(Sandbox);
        else
            WriteAll(Sandbox);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        while (Continuous && WriteAll(_all) > 0 && !StopToken.WaitHandle.WaitOne(IntervalSec))
        {
        }
    }

    private int WriteAll(IEnumerable<SandboxReference> references)
    {
        int count = 0;
        foreach (Sandbox sandbox in ResolveAll(references))
        {
            if (sandbox.Status == SandboxStatus.Destroyed)
                continue;
            WriteObject(sandbox.GetStatistics());
            count++;
        }

        return count;
    }
}
