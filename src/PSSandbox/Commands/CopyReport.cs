using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>Progress of a copy, shown once it takes long and then a few times a second.</summary>
internal sealed class CopyReport(Cmdlet cmdlet)
{
    private const int FirstMilliseconds = 500, NextMilliseconds = 200;
    private long _showAt = Environment.TickCount64 + FirstMilliseconds;
    private bool _shown;

    /// <summary>Tells how far it is.</summary>
    public void Show(CopyProgress progress)
    {
        if (Environment.TickCount64 < _showAt)
            return;
        _showAt = Environment.TickCount64 + NextMilliseconds;
        _shown = true;
        cmdlet.WriteProgress(new ProgressRecord(1, "Copying", $"{progress.Items} items, {ByteSize.Format(progress.Bytes)}") { CurrentOperation = progress.Path });
    }

    /// <summary>Takes it away.</summary>
    public void Complete()
    {
        if (_shown)
            cmdlet.WriteProgress(new ProgressRecord(1, "Copying", "Done") { RecordType = ProgressRecordType.Completed });
    }
}
