namespace PSSandbox.FileSystem;

/// <summary>Flags of <c>open</c> and status flags of an open file description; numbers as on Linux.</summary>
[Flags]
internal enum OpenFlags
{
    /// <summary>Open for reading.</summary>
    ReadOnly = 0,

    /// <summary>Open for writing.</summary>
    WriteOnly = 1,

    /// <summary>Open for both.</summary>
    ReadWrite = 2,

    /// <summary>The bits of the access mode.</summary>
    AccessMask = 3,

    /// <summary>Create the file if it is missing.</summary>
    Create = 0x40,

    /// <summary>With <see cref="Create"/>: fail if it exists.</summary>
    Exclusive = 0x80,

    /// <summary>Do not make a terminal the controlling one.</summary>
    NoControllingTerminal = 0x100,

    /// <summary>Truncate to no bytes.</summary>
    Truncate = 0x200,

    /// <summary>Every write goes to the end.</summary>
    Append = 0x400,

    /// <summary>Give EAGAIN where the call would block.</summary>
    NonBlocking = 0x800,

    /// <summary>Fail unless a directory.</summary>
    Directory = 0x10000,

    /// <summary>Fail with ELOOP if the last component is a symbolic link.</summary>
    NoFollow = 0x20000,

    /// <summary>Close when the process executes another program.</summary>
    CloseOnExec = 0x80000,
}
