namespace PSSandbox.Userland.Native;

/// <summary>id: tells user and groups, of this process or as a user would have them.</summary>
internal static class IdCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("id", "/usr/bin", "[-ugGnr] [USER]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("ugGnrz", "user:u", "group:g", "groups:G", "name:n", "real:r", "zero:z");
        if (options is null)
            return 1;
        if (options.Operands.Count > 1)
            return context.Usage();
        (int user, int group) = (context.Process.User.UserId, context.Process.User.GroupId);
        var groups = new List<int>();
        if (options.Operands.Count == 1)
        {
            string name = options.Operands[0];
            if (!context.Users.TryFindUser(name, out user, out group) || context.Users.UserName(user) is not { } found)
            {
                context.Error($"unknown user {name}");
                return 1;
            }

            groups.AddRange(context.Users.GroupsOf(found));
        }

        groups.Remove(group);
        groups.Insert(0, group);
        bool names = options.Has('n');
        if (options.Has('u'))
            context.Out.WriteLine(names ? context.Users.UserLabel(user) : $"{user}");
        else if (options.Has('g'))
            context.Out.WriteLine(names ? context.Users.GroupName(group) ?? $"{group}" : $"{group}");
        else if (options.Has('G'))
            context.Out.WriteLine(string.Join(' ', groups.ConvertAll(g => names ? context.Users.GroupName(g) ?? $"{g}" : $"{g}")));
        else if (names)
            return context.Usage();
        else
            context.Out.WriteLine($"uid={Label(user, context.Users.UserName(user))} gid={Group(group)} groups={string.Join(',', groups.ConvertAll(Group))}");
        return 0;

        string Group(int id) => Label(id, context.Users.GroupName(id));
    }

    private static string Label(int id, string? name) => name is null ? $"{id}" : $"{id}({name})";
}
