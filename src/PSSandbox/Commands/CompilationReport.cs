using System.Globalization;
using System.Management.Automation;
using PSSandbox.Sandboxes;
using PSSandbox.Userland;

namespace PSSandbox.Commands;

/// <summary>
/// Progress of a cmdlet that waits while a large program is compiled for its first use here, shown once that takes longer
/// than a second. Compilations are the host process's, which sandboxes share: who waits is shown the one that began first,
/// whoever began it.
/// </summary>
internal sealed class CompilationReport(Cmdlet cmdlet)
{
    /// <summary>How often who waits calls <see cref="Update"/>.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private const int ActivityId = 2;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly Lock Gate = new();
    private static readonly List<ModuleCompilation> Current = [];
    private ModuleCompilation? _shown;

    static CompilationReport() => SandboxRuntime.Compiling += Begin;

    /// <summary>Waits for the end of a process.</summary>
    public SandboxResult Wait(SandboxProcess process)
    {
        SandboxResult? result;
        while ((result = process.Wait(Period)) is null)
            Update();
        Update();
        return result;
    }

    /// <summary>Shows what is compiled now, or takes away what is done. To be called on the pipeline's thread.</summary>
    public void Update()
    {
        ModuleCompilation? longest = Longest();
        if (_shown is not null && longest != _shown)
        {
            Write(_shown, ProgressRecordType.Completed);
            _shown = null;
        }

        if (longest is not null && longest.Elapsed >= Delay)
        {
            Write(longest, ProgressRecordType.Processing);
            _shown = longest;
        }
    }

    private static void Begin(ModuleCompilation compilation)
    {
        compilation.Completed += End;
        lock (Gate)
            Current.Add(compilation);
    }

    private static void End(ModuleCompilation compilation)
    {
        lock (Gate)
            Current.Remove(compilation);
    }

    private static ModuleCompilation? Longest()
    {
        lock (Gate)
            return Current.Count == 0 ? null : Current[0];
    }

    private void Write(ModuleCompilation compilation, ProgressRecordType type)
    {
        string status = string.Create(CultureInfo.CurrentCulture, $"{ByteSize.Format(compilation.Size)}, {compilation.Elapsed.TotalSeconds:0} s");
        try
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, $"Compiling {compilation.Path} for its first use here", status) { RecordType = type });
        }
        catch (PipelineStoppedException)
        {
            // The run is being ended; what it has given so far is wanted still.
        }
    }
}
