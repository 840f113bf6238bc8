using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Wait-SandboxProcess</c>: waits for started processes and gives their results. Ctrl+C ends the wait, not the process.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SandboxProcess", DefaultParameterSetName = "Process")]
[OutputType(typeof(SandboxResult))]
public sealed class WaitSandboxProcessCommand : StartedProcessCmdlet
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly CompilationReport _progress;

    /// <summary>Makes one.</summary>
    public WaitSandboxProcessCommand() => _progress = new CompilationReport(this);

    /// <summary>How long to wait for each.</summary>
    [Parameter]
    [Alias("Timeout")]
    [DurationTransformation]
    public TimeSpan TimeoutSec { get; set; } = Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    protected override void Act(SandboxProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        long end = TimeoutSec < TimeSpan.Zero ? long.MaxValue : System.Environment.TickCount64 + (long)TimeoutSec.TotalMilliseconds;
        while (!StopToken.IsCancellationRequested)
        {
            long left = end - System.Environment.TickCount64;
            if (process.Wait(left < Slice.TotalMilliseconds ? TimeSpan.FromMilliseconds(Math.Max(left, 0)) : Slice) is { } result)
            {
                _progress.Update();
                WriteObject(result);
                return;
            }

            _progress.Update();

            if (left > 0)
                continue;
            WriteError(ErrorRecords.Make(
                "SandboxProcessTimeout", ErrorCategory.OperationTimeout, $"Process {process.Id} of sandbox '{process.Sandbox}' still runs after {TimeoutSec.TotalSeconds} s.",
                "Wait again, or end it with Stop-SandboxProcess.", process));
            return;
        }
    }
}
