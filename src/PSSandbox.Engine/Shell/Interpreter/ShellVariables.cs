using System.Globalization;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>The variables that a shell sets or computes (POSIX XCU 2.5.3, bash manual 5.2).</summary>
internal static class ShellVariables
{
    /// <summary>The bash version whose behaviour is followed.</summary>
    public const string BashVersion = "5.2.15(1)-release";

    private static readonly ComputedVariable LineNumber = new(static s => Text(s.Line));
    private static readonly ComputedVariable Random = new(static s => Text(s.NextRandom()), static (s, value) => s.SeedRandom(value));
    private static readonly ComputedVariable StrongRandom = new(static _ => ((uint)System.Random.Shared.NextInt64(1L << 32)).ToString(CultureInfo.InvariantCulture));
    private static readonly ComputedVariable Seconds = new(
        static s => Text((long)(s.Process.Kernel.Clock.Uptime - s.StartTime).TotalSeconds),
        static (s, value) => s.StartTime = s.Process.Kernel.Clock.Uptime - TimeSpan.FromSeconds(long.TryParse(value, out long seconds) ? Math.Clamp(seconds, -1_000_000_000, 1_000_000_000) : 0));

    private static readonly ComputedVariable ParentProcessId = new(static s => Text(s.ParentPid));
    private static readonly ComputedVariable ProcessId = new(static s => Text(s.Process.Id));
    private static readonly ComputedVariable Subshell = new(static s => Text(s.SubshellLevel));
    private static readonly ComputedVariable EpochSeconds = new(static s => Text(s.Process.Kernel.Clock.RealNanoseconds / 1_000_000_000));
    private static readonly ComputedVariable EpochRealTime = new(static s =>
    {
        long time = s.Process.Kernel.Clock.RealNanoseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{time / 1_000_000_000}.{time / 1000 % 1_000_000:D6}");
    });

    private static readonly ComputedVariable LastArgument = new(static s => s.LastArgument);
    private static readonly ComputedVariable Command = new(static s => s.CurrentCommandText);
    private static readonly ComputedVariable OptionList = new(static s => s.OptionList());
    private static readonly ComputedVariable ShoptList = new(static s => s.ShoptList());
    private static readonly ComputedVariable Argument0 = new(static s => s.Name, static (s, value) => s.Name = value);
    private static readonly ComputedArray FunctionNames = new(static s => s.FunctionNames());
    private static readonly ComputedArray Sources = new(static s => s.Sources());
    private static readonly ComputedArray CallLines = new(static s => s.CallLines());
    private static readonly ComputedArray PipeStatus = new(static s => new IndexedArray(Array.ConvertAll(s.PipeStatus, static n => Text(n))));
    private static readonly ComputedArray Directories = new(static s => s.DirectoryStackArray());
    private static readonly ComputedArray Groups = new(static s => new IndexedArray([Text(s.Process.User.GroupId)]));

    private static readonly ComputedMap Aliases = new(static s => s.Aliases, static (s, name, value) => s.SetAlias(name, value));
    private static readonly ComputedMap Commands = new(
        static s => s.Hash.Select(static e => KeyValuePair.Create(e.Key, e.Value.Path)), static (s, name, path) => s.Remember(name, path));

    /// <summary>What every shell of a flavour begins with; a shell's table is a clone of it.</summary>
    private static readonly VariableTable[] Templates = [Template(ShellFlavor.Ash), Template(ShellFlavor.Dash), Template(ShellFlavor.Bash)];

    /// <summary>Makes the table of a shell that is no subshell: what it computes and what never differs is defined in it.</summary>
    public static VariableTable Create(ShellInterpreter shell) => Templates[(int)shell.Flavor].Clone(shell);

    private static VariableTable Template(ShellFlavor flavor)
    {
        var table = new VariableTable(NobodysVariables.Instance);
        table.Define("LINENO", LineNumber);
        if (flavor != ShellFlavor.Dash)
        {
            table.Define("RANDOM", Random);
            table.Define("SECONDS", Seconds);
        }

        table.Define("PPID", ParentProcessId, flavor == ShellFlavor.Dash ? VariableAttributes.None : VariableAttributes.Readonly | VariableAttributes.Integer);
        table.Define("_", LastArgument);
        table.Assign("OPTIND", "1");
        if (flavor != ShellFlavor.Bash)
            return table;
        table.Define("SRANDOM", StrongRandom);
        table.Define("BASHPID", ProcessId);
        table.Define("BASH_SUBSHELL", Subshell);
        table.Define("EPOCHSECONDS", EpochSeconds);
        table.Define("EPOCHREALTIME", EpochRealTime);
        table.Define("BASH_COMMAND", Command);
        table.Define("SHELLOPTS", OptionList, VariableAttributes.Readonly);
        table.Define("BASHOPTS", ShoptList, VariableAttributes.Readonly);
        table.Define("BASH_ARGV0", Argument0);
        table.Define("FUNCNAME", FunctionNames);
        table.Define("BASH_SOURCE", Sources);
        table.Define("BASH_LINENO", CallLines);
        table.Define("PIPESTATUS", PipeStatus);
        table.Define("DIRSTACK", Directories);
        table.Define("GROUPS", Groups);
        table.Define("BASH_ALIASES", Aliases, VariableAttributes.Associative);
        table.Define("BASH_CMDS", Commands, VariableAttributes.Associative);
        table.Assign("BASH", "/bin/bash");
        table.Assign("BASH_VERSION", BashVersion);
        table.AssignArray("BASH_VERSINFO", new IndexedArray(["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"]));
        table.SetAttributes("BASH_VERSINFO", VariableAttributes.Readonly);
        table.Assign("HOSTTYPE", "x86_64");
        table.Assign("MACHTYPE", "x86_64-pc-linux-gnu");
        table.Assign("OSTYPE", "linux-gnu");
        table.Assign("OPTERR", "1");
        table.Assign("IFS", " \t\n");
        return table;
    }

    /// <summary>Sets what has a default, or depends on the shell's process, after the environment was taken.</summary>
    public static void SetDefaults(ShellInterpreter shell)
    {
        VariableTable table = shell.Variables;
        table.Assign("IFS", " \t\n");
        SetDefault(table, "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        SetDefault(table, "PS4", "+ ");
        if (!shell.IsBash)
            return;
        SetDefault(table, "HOSTNAME", shell.Process.Kernel.HostName);
        foreach (string name in (ReadOnlySpan<string>)["UID", "EUID"])
        {
            SetDefault(table, name, Text(shell.Process.User.UserId));
            table.SetAttributes(name, VariableAttributes.Readonly | VariableAttributes.Integer);
        }

        string? level = table.Get("SHLVL");
        table.Assign("SHLVL", Text(int.TryParse(level, out int number) && number is >= 0 and < 999 ? number + 1 : 1));
        table.SetAttributes("SHLVL", VariableAttributes.Exported);
        table.SetAttributes("OLDPWD", VariableAttributes.Exported);
    }

    /// <summary>Sets the prompts of a shell that a person uses.</summary>
    public static void SetPrompts(ShellInterpreter shell)
    {
        SetDefault(shell.Variables, "PS1", shell.IsBash ? "\\s-\\v\\$ " : "\\$ ");
        SetDefault(shell.Variables, "PS2", "> ");
    }

    private static void SetDefault(VariableTable table, string name, string value)
    {
        if (table.Get(name) is null)
            table.Assign(name, value);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
