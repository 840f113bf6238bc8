namespace PSSandbox.Sandboxes;

// Processes that the host started and looks at again by their id.
public sealed partial class Sandbox
{
    private const int MaxEndedKept = 256;
    private readonly List<SandboxProcess> _startedProcesses = [];

    /// <summary>Those that were started to be looked at again, oldest first; of those that ended, the newest 256.</summary>
    public IReadOnlyList<SandboxProcess> StartedProcesses
    {
        get
        {
            lock (_startedProcesses)
                return [.. _startedProcesses];
        }
    }

    /// <summary>The one of an id.</summary>
    /// <exception cref="SandboxException">ProcessNotFound.</exception>
    public SandboxProcess GetStartedProcess(int processId)
    {
        lock (_startedProcesses)
        {
            return _startedProcesses.Find(p => p.Id == processId)
                ?? throw new SandboxException(SandboxErrorCode.ProcessNotFound, $"Sandbox '{Name}' has no process {processId} that its host started.");
        }
    }

    private SandboxProcess Keep(SandboxProcess process)
    {
        lock (_startedProcesses)
        {
            _startedProcesses.Add(process);
            int ended = _startedProcesses.Count(static p => p.HasExited);
            for (int i = 0; ended > MaxEndedKept && i < _startedProcesses.Count; i++)
            {
                if (!_startedProcesses[i].HasExited)
                    continue;
                _startedProcesses[i].Dispose();
                _startedProcesses.RemoveAt(i--);
                ended--;
            }
        }

        return process;
    }
}
