using PSSandbox.Userland.Native;

namespace PSSandbox.Userland;

/// <summary>The native commands that every sandbox has. The shells are added by who knows them.</summary>
internal static class NativeCommands
{
    private static readonly NativeCommand[] All =
    [
        DateCommand.Command,
        EnvCommand.Command,
        FreeCommand.Command,
        HostnameCommand.Command,
        IdCommand.Command,
        IoniceCommand.Command,
        KillCommand.Command,
        KillallCommand.Command,
        LognameCommand.Command,
        MktempCommand.Command,
        MountCommand.Mount,
        MountCommand.Umount,
        NetworkCommands.Dig,
        NetworkCommands.Nc,
        NetworkCommands.Ss,
        NetworkCommands.Wget,
        NiceCommand.Command,
        NohupCommand.Command,
        NprocCommand.Command,
        PgrepCommand.Pgrep,
        PgrepCommand.Pkill,
        PidofCommand.Command,
        PsCommand.Command,
        ReniceCommand.Command,
        SetsidCommand.Command,
        SleepCommand.Command,
        StartStopDaemonCommand.Command,
        SttyCommand.Command,
        TasksetCommand.Command,
        TimeCommand.Command,
        TimeoutCommand.Command,
        TopCommand.Command,
        TtyCommand.Command,
        ClearCommand.Clear,
        ClearCommand.Reset,
        UnameCommand.Command,
        UptimeCommand.Command,
        WatchCommand.Command,
        WhichCommand.Command,
        WhoamiCommand.Command,
        WhoCommand.Users,
        WhoCommand.W,
        WhoCommand.Who,
    ];

    /// <summary>Makes a table of them, to which more can be added.</summary>
    public static NativeCommandTable CreateTable()
    {
        var table = new NativeCommandTable();
        foreach (NativeCommand command in All)
            table.Add(command);
        return table;
    }
}
