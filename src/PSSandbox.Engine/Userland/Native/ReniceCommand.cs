using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>renice: changes the nice value of running processes.</summary>
internal static class ReniceCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("renice", "/usr/bin", "[-n] PRIORITY [[-p|-g|-u] ID...]...", Main);

    private static int Main(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        bool relative = !arguments.IsEmpty && arguments[0] == "-n";
        if (relative)
            arguments = arguments[1..];
        if (arguments.Length < 2 || !int.TryParse(arguments[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            return context.Usage();
        char kind = 'p';
        int status = 0;
        foreach (string argument in arguments[1..])
        {
            if (argument is "-p" or "-g" or "-u")
            {
                kind = argument[1];
                continue;
            }

            if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && !(kind == 'u' && context.Users.TryFindUser(argument, out id, out _)))
            {
                context.Error($"invalid number '{argument}'");
                status = 1;
                continue;
            }

            bool found = false;
            foreach (Process process in context.Kernel.Processes)
            {
                if (id != (kind == 'p' ? process.Id : kind == 'g' ? process.GroupId : process.User.UserId))
                    continue;
                found = true;
                status |= Change(context, process, relative ? process.Nice + value : value);
            }

            if (!found)
            {
                context.Error($"{id}: No such process");
                status = 1;
            }
        }

        return status;
    }

    private static int Change(CommandContext context, Process process, int nice)
    {
        nice = Math.Clamp(nice, -20, 19);
        int user = context.Process.User.UserId;
        if (user != 0 && (user != process.User.UserId || nice < process.Nice))
        {
            context.Error($"{process.Id}: Permission denied");
            return 1;
        }

        process.Nice = nice;
        return 0;
    }
}
