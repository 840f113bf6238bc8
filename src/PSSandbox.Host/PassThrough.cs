using System.CommandLine;

namespace PSSandbox.Host;

/// <summary>
/// What stands behind a script or a command is its own: from the first operand on, nothing is read as an option of
/// pssandbox (POSIX utility syntax guideline 9).
/// </summary>
internal static class PassThrough
{
    /// <summary>Puts <c>--</c> before the first operand.</summary>
    public static string[] Mark(Command root, string[] args)
    {
        if (args.Length < 2 || root.Subcommands.FirstOrDefault(c => c.Name == args[0]) is not { } command)
            return args;
        for (int i = 1; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg == "--")
                return args;
            if (arg.Length < 2 || arg[0] != '-')
                return [.. args[..i], "--", .. args[i..]];
            string name = arg.Split('=', 2)[0];
            Option? option = command.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));
            if (option is { Arity.MinimumNumberOfValues: > 0 } && !arg.Contains('='))
                i++;
        }

        return args;
    }
}
