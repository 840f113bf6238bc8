namespace PSSandbox.Shell.Builtins;

/// <summary>The built-in commands (POSIX XCU 2.15 and 1.7, bash manual 4).</summary>
internal static class BuiltinTable
{
    private static readonly Dictionary<string, Builtin> Table = Index(Make());

    /// <summary>All of them, by name.</summary>
    public static IEnumerable<Builtin> All => Table.Values;

    /// <summary>The built-in of a name; null if there is none.</summary>
    public static Builtin? Find(string name) => Table.GetValueOrDefault(name);

    // No frozen dictionary: to make one takes longer than all look-ups of most scripts.
    private static Dictionary<string, Builtin> Index(Builtin[] builtins)
    {
        var table = new Dictionary<string, Builtin>(builtins.Length, StringComparer.Ordinal);
        foreach (Builtin builtin in builtins)
            table.Add(builtin.Name, builtin);
        return table;
    }

    private static Builtin[] Make() =>
    [
        new(":", ControlBuiltins.True, IsSpecial: true),
        new(".", SourceBuiltins.Source, IsSpecial: true),
        new("break", ControlBuiltins.Break, IsSpecial: true),
        new("continue", ControlBuiltins.Break, IsSpecial: true),
        new("eval", SourceBuiltins.Eval, IsSpecial: true),
        new("exec", SourceBuiltins.Exec, IsSpecial: true),
        new("exit", ControlBuiltins.Exit, IsSpecial: true),
        new("export", DeclareBuiltin.Export, IsSpecial: true),
        new("readonly", DeclareBuiltin.Export, IsSpecial: true),
        new("return", ControlBuiltins.Return, IsSpecial: true),
        new("set", SetBuiltin.Run, IsSpecial: true),
        new("shift", ControlBuiltins.Shift, IsSpecial: true),
        new("times", ProcessBuiltins.Times, IsSpecial: true),
        new("trap", TrapBuiltin.Run, IsSpecial: true),
        new("unset", VariableBuiltins.Unset, IsSpecial: true),
        new("source", SourceBuiltins.Source),
        new("true", ControlBuiltins.True),
        new("false", ControlBuiltins.False),
        new("test", TestBuiltin.Run),
        new("[", TestBuiltin.Run),
        new("echo", OutputBuiltins.Echo),
        new("printf", OutputBuiltins.Printf),
        new("command", CommandBuiltin.Run),
        new("builtin", CommandBuiltin.Builtin),
        new("type", CommandBuiltin.Type),
        new("hash", CommandBuiltin.Hash),
        new("enable", CommandBuiltin.Enable),
        new("alias", AliasBuiltins.Alias),
        new("unalias", AliasBuiltins.Unalias),
        new("cd", DirectoryBuiltins.ChangeDirectory),
        new("pwd", DirectoryBuiltins.PrintDirectory),
        new("pushd", DirectoryBuiltins.Push),
        new("popd", DirectoryBuiltins.Pop),
        new("dirs", DirectoryBuiltins.List),
        new("read", ReadBuiltin.Run),
        new("mapfile", MapfileBuiltin.Run),
        new("readarray", MapfileBuiltin.Run),
        new("getopts", GetoptsBuiltin.Run),
        new("local", DeclareBuiltin.Local),
        new("declare", DeclareBuiltin.Declare),
        new("typeset", DeclareBuiltin.Declare),
        new("let", VariableBuiltins.Let),
        new("shopt", SetBuiltin.RunShopt),
        new("umask", ProcessBuiltins.UMask),
        new("ulimit", UlimitBuiltin.Run),
        new("jobs", JobBuiltins.Jobs),
        new("fg", JobBuiltins.Foreground),
        new("bg", JobBuiltins.Background),
        new("disown", JobBuiltins.Disown),
        new("wait", WaitBuiltin.Run),
        new("kill", KillBuiltin.Run),
        new("suspend", JobBuiltins.Suspend),
        new("caller", InformationBuiltins.Caller),
        new("help", InformationBuiltins.Help),
        new("history", HistoryBuiltin.Run),
        new("fc", FcBuiltin.Run),
        new("bind", BindBuiltin.Run),
        new("complete", CompleteBuiltins.Complete),
        new("compopt", CompleteBuiltins.Options),
        new("compgen", CompleteBuiltins.Generate),
        new("logout", ControlBuiltins.Exit),
    ];
}
