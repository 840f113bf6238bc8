using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

// What goes on inside.
public sealed partial class Sandbox
{
    /// <summary>The process table, by ascending id, init left out.</summary>
    public IReadOnlyList<SandboxProcessInfo> GetProcesses()
    {
        Process[] all = _kernel.Processes;
        var table = new List<SandboxProcessInfo>(all.Length);
        foreach (Process process in all)
        {
            if (process == _kernel.Init)
                continue;
            table.Add(new SandboxProcessInfo
            {
                Id = process.Id,
                ParentId = process.Parent?.Id ?? 0,
                GroupId = process.GroupId,
                UserId = process.User.UserId,
                State = process.State.ToString(),
                CpuTime = process.CpuTime,
                MemoryBytes = process.MemoryBytes,
                PeakMemoryBytes = process.PeakMemoryBytes,
                StartTime = process.StartTime,
                CommandLine = ByteText.ToText(string.Join(' ', process.Arguments)),
                Name = process.Arguments.Length > 0 ? ByteText.ToText(process.Arguments[0]) : "",
                Sandbox = Name,
            });
        }

        return table;
    }

    /// <summary>Names of the programs along the sandbox's PATH, each once, sorted.</summary>
    public IReadOnlyList<string> GetCommandNames()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        string? search = Array.Find(_environment, static e => e.StartsWith("PATH=", StringComparison.Ordinal));
        foreach (string directory in (search?[5..] ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string path = ByteText.ToText(directory);
            if (!ItemExists(path) || !GetItem(path, follow: true).IsContainer)
                continue;
            foreach (SandboxItem item in GetItems(path))
            {
                if (!item.IsContainer && (item.IsLink || (item.UnixMode & 0x49) != 0))
                    names.Add(item.Name);
            }
        }

        return [.. names];
    }

    /// <summary>What it uses now.</summary>
    public SandboxStatistics GetStatistics()
    {
        Process[] all = _kernel.Processes;
        return new SandboxStatistics
        {
            Sandbox = Name,
            Timestamp = DateTimeOffset.UtcNow,
            CpuTime = _kernel.CpuTime,
            MemoryBytes = _kernel.Memory.Used,
            PeakMemoryBytes = _kernel.Memory.Peak,
            MemoryLimitBytes = _kernel.Memory.Limit,
            StorageBytes = _storage.Bytes,
            ProcessCount = all.Length - 1,
            DescriptorCount = all.Sum(static p => p.Descriptors.Count),
            Uptime = _kernel.Clock.Uptime,
        };
    }

    /// <summary>Sends a signal to a process.</summary>
    /// <param name="processId">Its id.</param>
    /// <param name="signal">The signal's number, 1 to 64.</param>
    /// <exception cref="SandboxException">ProcessNotFound; InvalidOption for a number that is no signal's.</exception>
    public void SignalProcess(int processId, int signal)
    {
        if (signal is < 1 or >= Signals.Count)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"{signal} is not a signal: use a number from 1 to {Signals.Count - 1}.");
        if (_kernel.Find(processId) is not { } process || process == _kernel.Init)
            throw new SandboxException(SandboxErrorCode.ProcessNotFound, $"Sandbox '{Name}' has no process {processId}.");
        process.Deliver((Signal)signal);
    }
}
