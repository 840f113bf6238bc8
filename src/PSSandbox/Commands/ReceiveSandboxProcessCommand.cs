using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Receive-SandboxProcess</c>: lines that a started process wrote, from the first that is kept; each caller reads for itself.</summary>
[Cmdlet(VerbsCommunications.Receive, "SandboxProcess", DefaultParameterSetName = "Process")]
[OutputType(typeof(string))]
public sealed class ReceiveSandboxProcessCommand : StartedProcessCmdlet
{
    /// <summary>Goes on until the process ends.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Where its standard error goes.</summary>
    [Parameter]
    public ErrorForm ErrorAs { get; set; }

    /// <inheritdoc/>
    protected override void Act(SandboxProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (process.Output is not { } log)
            return;
        long position = 0;
        var output = new LineSplitter();
        var errors = new LineSplitter();
        TimeSpan wait = Follow ? CompilationReport.Period : TimeSpan.Zero;
        var progress = new CompilationReport(this);
        while (true)
        {
            bool complete = log.IsComplete;
            bool read = log.TryRead(ref position, out SandboxOutput piece, out long missed, wait, StopToken);
            progress.Update();
            if (!read && (complete || !Follow || StopToken.IsCancellationRequested))
                break;
            if (!read)
                continue;
            if (missed > 0)
                WriteWarning($"{missed} bytes are missing here: the process wrote more than its sandbox keeps.");
            if (piece.Stream == SandboxStream.Output)
                output.Add(piece.Bytes.Span, WriteObject);
            else
                errors.Add(piece.Bytes.Span, WriteErrorLine);
        }

        output.Flush(WriteObject);
        errors.Flush(WriteErrorLine);
    }

    private void WriteErrorLine(string line)
    {
        switch (ErrorAs)
        {
            case ErrorForm.Error:
                WriteError(new ErrorRecord(new RemoteException(line), "SandboxStandardError", ErrorCategory.FromStdErr, null));
                break;
            case ErrorForm.Warning:
                WriteWarning(line);
                break;
            case ErrorForm.Merge:
                WriteObject(line);
                break;
        }
    }
}
