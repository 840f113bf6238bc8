namespace PSSandbox.Userland.Native;

/// <summary>Commands that need a network, of which the sandbox has none: they say so and end with the status they have for that.</summary>
internal static class NetworkCommands
{
    private const int WgetNetworkFailure = 4;
    private const int NcFailure = 1;
    private const int DigNoReply = 9;

    /// <summary>wget.</summary>
    public static NativeCommand Wget { get; } =
        NativeProgram.Command("wget", "/usr/bin", "[-cqS] [-O FILE] [-o LOGFILE] [-P DIR] [-T SEC] URL...", c => Refuse(c, WgetNetworkFailure));

    /// <summary>nc.</summary>
    public static NativeCommand Nc { get; } = NativeProgram.Command("nc", "/usr/bin", "[-l] [-p PORT] [IPADDR PORT]", c => Refuse(c, NcFailure));

    /// <summary>dig.</summary>
    public static NativeCommand Dig { get; } = NativeProgram.Command("dig", "/usr/bin", "[@SERVER] NAME [TYPE]", c => Refuse(c, DigNoReply));

    /// <summary>ss: lists sockets, of which there are none.</summary>
    public static NativeCommand Ss { get; } = NativeProgram.Command("ss", "/sbin", "[-tuxlnap]", ListSockets);

    private static int Refuse(CommandContext context, int status)
    {
        if (context.Arguments.IsEmpty)
        {
            context.Usage();
            return 1;
        }

        context.Kernel.Record("network", context.Process.Id, $"{context.Name} needs a network, and the sandbox has none");
        context.Error("network is unreachable: this sandbox has no network");
        return status;
    }

    private static int ListSockets(CommandContext context)
    {
        context.Out.WriteLine("Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port");
        return 0;
    }
}
