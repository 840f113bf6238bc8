using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// One shell: walks the syntax tree and does what it says, by the rules of POSIX XCU 2 and the bash manual. A subshell is
/// another one, on a child process, that begins with a copy of this one's state. Used by its process's thread alone.
/// </summary>
internal sealed partial class ShellInterpreter
{
    private readonly int _subshellLevel;
    private Dictionary<string, ShellFunction> _functions;
    private bool _functionsShared;
    private string[] _positional;
    private int _positionalStart;
    private ControlFlow _flow;
    private int _flowCount;
    private int _loopDepth;
    private int _functionDepth;
    private int _sourceDepth;
    private int _errExitIgnored;
    private int _line;
    private int _lineOffset;
    private int[] _pipeStatus = [];
    private List<CallFrame> _frames;

    /// <summary>Makes a shell that is nobody's subshell.</summary>
    public ShellInterpreter(Process process, ShellFlavor flavor, string name)
    {
        Process = process;
        Flavor = flavor;
        Name = name;
        ShellPid = process.Id;
        _functions = [];
        _positional = [];
        _frames = [];
        Options = ShellOptions.HashAll | ShellOptions.InteractiveComments;
        if (flavor == ShellFlavor.Bash)
            Options |= ShellOptions.BraceExpand;
        else
            Options |= ShellOptions.Posix;
        ShoptBits = Shopt.Defaults;
        Script = "";
        LastArgument = process.ExecutablePath;
        StartTime = process.Kernel.Clock.Uptime;
        ParentPid = process.Parent?.Id ?? 0;
        VariableTable? begun = StartingVariables.Find(this);
        _hasBegun = begun is not null;
        Variables = begun ?? ShellVariables.Create(this);
        InitializeExpansion();
    }

    private ShellInterpreter(ShellInterpreter parent, Process process)
    {
        Process = process;
        Flavor = parent.Flavor;
        Name = parent.Name;
        ShellPid = parent.ShellPid;
        ParentPid = parent.ParentPid;
        Script = parent.Script;
        StartTime = parent.StartTime;
        _subshellLevel = parent._subshellLevel + 1;
        parent._functionsShared = _functionsShared = true;
        _functions = parent._functions;
        _positional = parent._positional;
        _positionalStart = parent._positionalStart;
        _frames = parent._frames.Count == 0 ? [] : [.. parent._frames];
        _loopDepth = 0;
        _functionDepth = parent._functionDepth;
        _sourceDepth = parent._sourceDepth;
        _errExitIgnored = parent._errExitIgnored;
        _line = parent._line;
        _lineOffset = parent._lineOffset;
        _pipeStatus = parent._pipeStatus;
        _aliases = parent._aliases;
        parent._aliasesShared = _aliasesShared = true;
        _hash = parent._hash;
        parent._hashShared = _hashShared = true;
        _directoryStack = parent._directoryStack is null ? null : [.. parent._directoryStack];
        _disabledBuiltins = parent._disabledBuiltins;
        _getoptsOffset = parent._getoptsOffset;
        _traceDepth = parent._traceDepth;
        _exportsFunctions = parent._exportsFunctions;
        Options = parent.Options & ~(ShellOptions.Monitor | ShellOptions.Interactive);
        ShoptBits = parent.ShoptBits;
        LastStatus = parent.LastStatus;
        LastBackgroundPid = parent.LastBackgroundPid;
        LastArgument = parent.LastArgument;
        if (parent._traps is { } traps)
            _traps = traps.ForSubshell(Options);

        _history = parent._history?.Copy();
        _completions = parent._completions?.Copy();
        _keyBindings = parent._keyBindings?.Copy();
        if (parent._jobs is { Jobs.Count: > 0 } jobs)
        {
            jobs.PollJobs();
            _jobs = jobs.ForSubshell(process);
        }

        Variables = parent.Variables.Clone(this);
        InitializeExpansion();
    }

    /// <summary>The process that it is.</summary>
    public Process Process { get; }

    /// <summary>Which shell it plays.</summary>
    public ShellFlavor Flavor { get; }

    /// <summary>Its variables.</summary>
    public VariableTable Variables { get; }

    /// <summary>Options of <c>set</c>.</summary>
    public ShellOptions Options { get; private set; }

    /// <summary>Options of <c>shopt</c>, by <see cref="Shopt.Bit"/>.</summary>
    public ulong ShoptBits { get; private set; }

    /// <summary>What <c>$0</c> gives, and what begins its messages.</summary>
    public string Name { get; set; }

    /// <summary>The script file that it runs; empty for <c>-c</c> and standard input.</summary>
    public string Script { get; set; }

    /// <summary>What <c>$$</c> gives: the process of the shell that is no subshell.</summary>
    public int ShellPid { get; }

    /// <summary>What <c>$PPID</c> gives: who started that process.</summary>
    public int ParentPid { get; }

    /// <summary>What <c>$?</c> gives.</summary>
    public int LastStatus { get; private set; }

    /// <summary>What <c>$!</c> gives; 0 before the first.</summary>
    public int LastBackgroundPid { get; private set; }

    /// <summary>What <c>$_</c> gives.</summary>
    public string LastArgument { get; private set; } = "";

    /// <summary>How deep in subshells it is: BASH_SUBSHELL.</summary>
    public int SubshellLevel => _subshellLevel;

    /// <summary>When the shell began, for SECONDS.</summary>
    public TimeSpan StartTime { get; set; }

    /// <summary>What a built-in writes to standard output; written when it returns.</summary>
    public ByteBuffer Out => field ??= new(this);

    /// <summary>The line that runs now: LINENO.</summary>
    public int Line => _line;

    /// <summary>Whether it is bash.</summary>
    public bool IsBash => Flavor == ShellFlavor.Bash;

    /// <summary>Whether POSIX mode is on.</summary>
    public bool IsPosix => (Options & ShellOptions.Posix) != 0;

    /// <summary>Whether it talks to a person.</summary>
    public bool IsInteractive => (Options & ShellOptions.Interactive) != 0;

    /// <summary>Functions and sourced files that run now, the innermost last.</summary>
    public List<CallFrame> Frames => _frames;

    /// <summary>The functions.</summary>
    public IReadOnlyDictionary<string, ShellFunction> Functions => _functions;

    /// <summary>How many functions deep it is.</summary>
    public int FunctionDepth => _functionDepth;

    /// <summary>How many loops deep, within the present function.</summary>
    public int LoopDepth => _loopDepth;

    /// <summary>Whether a function or sourced file runs, so that <c>return</c> makes sense.</summary>
    public bool CanReturn => _functionDepth > 0 || _sourceDepth > 0;

    /// <summary>Statuses of the last pipeline: PIPESTATUS.</summary>
    public int[] PipeStatus => _pipeStatus;

    /// <summary>The positional parameters from <c>$1</c>.</summary>
    public ReadOnlySpan<string> Positional => _positional.AsSpan(_positionalStart);

    /// <summary>Whether an option of <c>set</c> is on.</summary>
    public bool Has(ShellOptions option) => (Options & option) != 0;

    /// <summary>Whether an option of <c>shopt</c> is on.</summary>
    public bool HasShopt(ulong bit) => (ShoptBits & bit) != 0;

    /// <summary>Replaces the positional parameters.</summary>
    public void SetPositional(string[] values)
    {
        _positional = values;
        _positionalStart = 0;
    }

    /// <summary>Drops positional parameters at the front; false if there are not so many.</summary>
    public bool ShiftPositional(int count)
    {
        if (count > _positional.Length - _positionalStart)
            return false;
        _positionalStart += count;
        return true;
    }

    /// <summary>Makes the innermost <paramref name="count"/> loops end, or the last of these begin its next round.</summary>
    public void LeaveLoops(int count, bool next)
    {
        _flow = next ? ControlFlow.Continue : ControlFlow.Break;
        _flowCount = Math.Min(count, _loopDepth);
    }

    /// <summary>Whether there is an argument at a place. There may be millions, so a kill is looked for now and then.</summary>
    public bool IsArgument(List<string> arguments, int place)
    {
        if ((place & 0xff) == 0xff)
            CheckAttention();
        return place < arguments.Count;
    }

    /// <summary>Makes the function or sourced file return.</summary>
    public void Return() => _flow = ControlFlow.Return;

    /// <summary>Makes the shell exit.</summary>
    public void Exit() => _flow = ControlFlow.Exit;

    /// <summary>Makes the current list end: a non-interactive shell exits.</summary>
    public void Abort() => _flow = IsInteractive ? ControlFlow.Abort : ControlFlow.Exit;

    /// <summary>
    /// Writes a message and gives up the whole top-level command, the text of <c>-c</c> being one, as bash does where a built-in
    /// gets too many arguments.
    /// </summary>
    /// <returns>The status, 1.</returns>
    public int GiveUpCommand(string message)
    {
        Error(message);
        if (IsPosix || Has(ShellOptions.CommandString))
            Abort();
        else
            _flow = ControlFlow.Abort;
        return LastStatus = 1;
    }

    /// <summary>
    /// A special built-in failed: in POSIX mode that ends a non-interactive shell, unless the built-in was run by <c>command</c>
    /// (POSIX XCU 2.8.1). True if so.
    /// </summary>
    public bool AbortSpecial()
    {
        if (!IsPosix || _losesSpecial)
            return false;
        Abort();
        return true;
    }

    private bool _losesSpecial;

    /// <summary>Defines a function.</summary>
    public void Define(string name, ShellFunction function)
    {
        OwnFunctions()[name] = function;
        _exportsFunctions |= function.IsExported;
    }

    /// <summary>Removes a function; false if there is none.</summary>
    public bool Undefine(string name) => _functions.ContainsKey(name) && OwnFunctions().Remove(name);

    private Dictionary<string, ShellFunction> OwnFunctions()
    {
        if (_functionsShared)
        {
            _functions = new Dictionary<string, ShellFunction>(_functions);
            _functionsShared = false;
        }

        return _functions;
    }

    /// <summary>Makes the state of a subshell on a child process.</summary>
    public ShellInterpreter ForkFor(Process child) => new(this, child);
}
