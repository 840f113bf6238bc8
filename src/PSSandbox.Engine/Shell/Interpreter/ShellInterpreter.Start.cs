using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// How a shell begins: options, environment, start-up files, where commands come from.
internal sealed partial class ShellInterpreter : IDisposable
{
    private readonly bool _hasBegun;

    /// <summary>Takes options, environment and parameters.</summary>
    public void Begin(ShellArguments arguments)
    {
        _ignoredAtStart = Process.IgnoredSignals;
        bool terminal = Process.Descriptors[0]?.Terminal is not null && Process.Descriptors[2]?.Terminal is not null;
        if (arguments.IsInteractive || terminal && arguments.Command is null && arguments.Script is null)
        {
            SetOption(ShellOptions.Interactive, true);
            if (terminal)
                SetOption(ShellOptions.Monitor, true);
            SetShopt(Shopt.ExpandAliases, true);
            if (IsBash)
                SetOption(ShellOptions.HistExpand | ShellOptions.History, true);
            Process.SetDisposition(Signal.INT, SignalDisposition.Catch);
            Process.SetDisposition(Signal.TERM, SignalDisposition.Ignore);
            Process.SetDisposition(Signal.QUIT, SignalDisposition.Ignore);
            if (terminal)
            {
                foreach (Signal signal in (ReadOnlySpan<Signal>)[Signal.TSTP, Signal.TTIN, Signal.TTOU])
                    Process.SetDisposition(signal, SignalDisposition.Ignore);
                Process.Kernel.SetGroup(Process, 0, 0);
                Process.ControllingTerminal ??= Process.Descriptors[0]!.Terminal;
                GiveTerminal(Process.GroupId);
            }
        }

        if (!IsBash)
            SetShopt(Shopt.ExpandAliases, true);
        if (arguments.IsLogin)
            SetShopt(Shopt.LoginShell, true);
        if (arguments.Command is not null)
            SetOption(ShellOptions.CommandString, true);
        else if (arguments.Script is null)
            SetOption(ShellOptions.StandardInput, true);
        TakeEnvironment();
        SetPositional(arguments.Parameters);
        foreach ((ShellOptions option, bool on) in arguments.Options)
            ApplyOption(option, on);
        foreach ((ulong bit, bool on) in arguments.Shopts)
            SetShopt(bit, on);
    }

    /// <summary>Reads the start-up files. False if one of them ended the shell.</summary>
    public bool RunStartFiles(ShellArguments arguments)
    {
        if (arguments.IsLogin && !arguments.SkipsProfile)
        {
            RunStartFile("/etc/profile");
            string home = Variables.Get("HOME") ?? "/";
            if (IsBash && Exists(home + "/.bash_profile"))
                RunStartFile(home + "/.bash_profile");
            else if (IsBash && Exists(home + "/.bash_login"))
                RunStartFile(home + "/.bash_login");
            else
                RunStartFile(home + "/.profile");
        }

        if (IsBash && !IsPosix)
        {
            if (IsInteractive && !arguments.SkipsRc && !arguments.IsLogin)
                RunStartFile((Variables.Get("HOME") ?? "") + "/.bashrc");
            else if (!IsInteractive && Variables.Get("BASH_ENV") is { Length: > 0 } file)
                RunStartFile(Expander.ExpandPrompt(file));
        }
        else if (IsInteractive && Variables.Get("ENV") is { Length: > 0 } file)
        {
            RunStartFile(Expander.ExpandPrompt(file));
        }

        return _flow != ControlFlow.Exit;
    }

    /// <summary>Reads a script: by its path, or in bash from PATH when there is no such file here.</summary>
    public Errno ReadScript(string path, out string text)
    {
        Errno error = ReadSource(path, out text);
        if (error != Errno.ENOENT || path.Contains('/'))
            return error;
        return Locate(path, null, out _, out _) is { } found ? ReadSource(found, out text) : error;
    }

    /// <summary>Runs a script's text.</summary>
    public int RunScriptText(string text, string path)
    {
        if (Has(ShellOptions.Verbose))
            return RunParsing(new ShellParser(new VerboseSource(this, text), ParserOptions(1)), null, caches: false, path, isTop: true);
        return RunText(text, path, isTop: true);
    }

    /// <summary>Runs the commands that come from standard input.</summary>
    public int RunStandardInput()
    {
        int status = 0;
        bool warned = false;
        while (true)
        {
            var source = new DescriptorSource(this);
            status = RunParsing(new ShellParser(source, ParserOptions(1, IsInteractive)), null, caches: false, "stdin", isTop: true);
            if (!IsInteractive || _flow == ControlFlow.Exit)
                return status;
            if (_flow == ControlFlow.Abort || LastStatus == SyntaxErrorStatus && !source.IsEnded)
            {
                _flow = ControlFlow.None;
                if (!source.IsEnded)
                    continue;
            }

            if (Has(ShellOptions.IgnoreEof) && Process.Descriptors[0]?.Terminal is not null)
            {
                WriteError("Use \"exit\" to leave the shell.\n");
                continue;
            }

            if (Jobs.Jobs.Any(static j => j.IsStopped) && !warned)
            {
                WriteError("There are stopped jobs.\n");
                warned = true;
                continue;
            }

            WriteError(IsBash ? "exit\n" : "\n");
            return status;
        }
    }

    /// <summary>Gives back what the shell holds.</summary>
    public void Dispose()
    {
        _input?.Save();
        RestoreDescriptors(0);
        Variables.Release();
    }

    private void TakeEnvironment()
    {
        if (!_hasBegun)
        {
            Variables.Import(Process.Environment);
            ShellVariables.SetDefaults(this);
        }

        InitializeDirectory();
        if (!_hasBegun)
        {
            if (IsBash)
                ImportSettings();
            StartingVariables.Keep(this);
        }

        if (IsInteractive)
            ShellVariables.SetPrompts(this);
    }

    // What bash takes from the environment beside variables: BASH_FUNC_name%%=() { … }, SHELLOPTS and BASHOPTS.
    private void ImportSettings()
    {
        foreach (string entry in Process.Environment)
        {
            if (entry.StartsWith("BASH_FUNC_", StringComparison.Ordinal))
                ImportFunction(entry);
            else if (entry.StartsWith("SHELLOPTS=", StringComparison.Ordinal))
                ImportOptions(entry[10..], name => SetOption(OptionNames.OfName(name), true));
            else if (entry.StartsWith("BASHOPTS=", StringComparison.Ordinal))
                ImportOptions(entry[9..], name => SetShopt(Shopt.Bit(name), true));
        }
    }

    private static void ImportOptions(string names, Action<string> set)
    {
        foreach (string name in names.Split(':', StringSplitOptions.RemoveEmptyEntries))
            set(name);
    }

    private void ImportFunction(string entry)
    {
        int mark = entry.IndexOf("%%=() ", StringComparison.Ordinal);
        if (mark <= 10)
            return;
        string name = entry[10..mark];
        try
        {
            if (new ShellParser($"{name} {entry[(mark + 3)..]}", ParserOptions(1)).ParseNextCommand() is { Items: [{ Statement: FunctionDefinition definition }] })
                Define(definition.Name, new ShellFunction(definition, "environment") { IsExported = true });
        }
        catch (ShellSyntaxException)
        {
            Error($"error importing function definition for `{name}'");
        }
    }

    private void RunStartFile(string path)
    {
        if (RunFile(path, null, out _) == Errno.None && _flow == ControlFlow.Abort)
            _flow = ControlFlow.None;
    }

    private bool Exists(string path) => Process.Kernel.Files.GetStatus(Process.Paths, path, true, out _) == Errno.None;
}
