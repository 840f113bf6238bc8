namespace PSSandbox.FileSystem;

/// <summary>What to change of a node's status; null leaves a field alone.</summary>
internal readonly record struct StatusChange
{
    /// <summary>Permission bits, 0 to 07777.</summary>
    public int? Mode { get; init; }

    /// <summary>Owner.</summary>
    public int? UserId { get; init; }

    /// <summary>Group.</summary>
    public int? GroupId { get; init; }

    /// <summary>Length in bytes: truncates, or extends with a hole.</summary>
    public long? Size { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long? AccessTime { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long? ModificationTime { get; init; }
}
