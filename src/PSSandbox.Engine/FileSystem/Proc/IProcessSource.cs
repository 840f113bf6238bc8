namespace PSSandbox.FileSystem;

/// <summary>What <c>/proc</c> shows of the system; the kernel implements it.</summary>
internal interface IProcessSource
{
    /// <summary>Ids of all processes, ascending.</summary>
    int[] Ids { get; }

    /// <summary>The host name; setting it is what writing to /proc/sys/kernel/hostname does.</summary>
    string HostName { get; set; }

    /// <summary>Identity as uname gives it: system name, release, version, machine.</summary>
    (string SystemName, string Release, string Version, string Machine) Identity { get; }

    /// <summary>Figures of the moment.</summary>
    SystemFigures Figures { get; }

    /// <summary>A process by its id; null if there is none.</summary>
    IProcessView? Find(int id);

    /// <summary>The process that makes a call; null if it is none.</summary>
    IProcessView? Of(IBlockingCaller? caller);
}
