namespace PSSandbox.Processes;

/// <summary>What a sandbox says of itself as a system (POSIX uname): the same in uname, /proc/version and system calls.</summary>
internal static class SystemIdentity
{
    /// <summary>Name of the system whose interfaces it follows; scripts ask for it.</summary>
    public const string SystemName = "Linux";

    /// <summary>Release of those interfaces.</summary>
    public const string Release = "6.12.0-pssandbox";

    /// <summary>Version.</summary>
    public const string Version = "#1 PSSandbox";

    /// <summary>Kind of machine that programs are for.</summary>
    public const string Machine = "wasm32";
}
