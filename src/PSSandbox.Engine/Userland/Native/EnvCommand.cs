namespace PSSandbox.Userland.Native;

/// <summary>env: shows the environment, or runs a program in a changed one.</summary>
internal static class EnvCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("env", "/usr/bin", "[-i0] [-u NAME]... [-C DIR] [-] [NAME=VALUE]... [PROG ARGS]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+iu:0C:S:", "ignore-environment:i", "unset:u", "null:0", "chdir:C", "split-string:S");
        if (options is null)
            return 125;
        List<string> operands = [.. options.Operands];
        if (options.Value('S') is { } line)
            operands.InsertRange(0, line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        bool clear = options.Has('i');
        int index = 0;
        if (operands.Count > 0 && operands[0] == "-")
        {
            clear = true;
            index = 1;
        }

        List<string> environment = clear ? [] : [.. context.Process.Environment];
        foreach (string name in options.Values('u'))
            environment.RemoveAll(e => e.StartsWith(name + "=", StringComparison.Ordinal));
        for (; index < operands.Count && operands[index].IndexOf('=', StringComparison.Ordinal) is var equals && equals >= 0; index++)
        {
            string prefix = operands[index][..(equals + 1)];
            int old = environment.FindIndex(e => e.StartsWith(prefix, StringComparison.Ordinal));
            if (old >= 0)
                environment[old] = operands[index];
            else
                environment.Add(operands[index]);
        }

        if (options.Value('C') is { } directory && !WorkingDirectory.TryChange(context, directory))
            return 125;
        if (index < operands.Count)
        {
            context.Process.Environment = [.. environment];
            return context.Exec([.. operands[index..]]);
        }

        foreach (string entry in environment)
            context.Out.Write(entry).Write(options.Has('0') ? '\0' : '\n');
        return 0;
    }
}
