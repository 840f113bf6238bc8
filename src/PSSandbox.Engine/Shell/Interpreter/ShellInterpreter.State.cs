using System.Globalization;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

// State that variables and built-ins show: the call stack, random numbers, aliases, directories.
internal sealed partial class ShellInterpreter
{
    private Dictionary<string, string> _aliases = [];
    private bool _aliasesShared;
    private List<string>? _directoryStack;
    private int _getoptsOffset;
    private uint _random = 1;
    private bool _randomSeeded;

    /// <summary>What <c>local -</c> kept for the end of the function that runs.</summary>
    private ShellOptions? _optionsOfCaller;
    private byte[]? _readBuffer;

    /// <summary>Where the caller's <c>getopts</c> was when the function that runs made OPTIND its own.</summary>
    private (int Index, int Offset)? _getoptsOfCaller;

    /// <summary>Aliases by name.</summary>
    public IReadOnlyDictionary<string, string> Aliases => _aliases;

    /// <summary>Directories below the working directory on the stack of <c>pushd</c>, the next one first.</summary>
    public List<string> DirectoryStack => _directoryStack ??= [];

    /// <summary>Place of <c>getopts</c> within the argument that OPTIND names.</summary>
    public int GetoptsOffset { get => _getoptsOffset; set => _getoptsOffset = value; }

    /// <summary>The OPTIND that <see cref="GetoptsOffset"/> belongs to.</summary>
    public int GetoptsIndex { get; set; } = 1;

    /// <summary>Where <see cref="DescriptorReader"/> reads ahead.</summary>
    public byte[] ReadBuffer => _readBuffer ??= new byte[8192];

    /// <summary>The function that runs has an OPTIND of its own: <c>getopts</c> begins anew, and the caller's goes on when it ends.</summary>
    public void KeepGetopts()
    {
        _getoptsOfCaller ??= (GetoptsIndex, GetoptsOffset);
        GetoptsOffset = 0;
    }

    /// <summary>Whether something unwinds the shell's frames.</summary>
    public bool IsLeaving => _flow != ControlFlow.None;

    /// <summary>The command that runs, as BASH_COMMAND gives it.</summary>
    public string CurrentCommandText => _current switch
    {
        null => "",
        ForCommand loop => $"for {loop.Name} in {ListText(loop.Words)}",
        SelectCommand loop => $"select {loop.Name} in {ListText(loop.Words)}",
        CaseCommand choice => $"case {SourceText(choice.Subject)} in ",
        _ => SourceText(_current),
    };

    private static string ListText(Word[]? words) => words is null ? "\"$@\"" : string.Join(' ', words.Select(SourceText));

    /// <summary>Sets an alias.</summary>
    public void SetAlias(string name, string value) => OwnAliases()[name] = value;

    /// <summary>Removes an alias, or with null all; false if there is none.</summary>
    public bool RemoveAlias(string? name)
    {
        if (name is null)
        {
            _aliases = [];
            _aliasesShared = false;
            return true;
        }

        return _aliases.ContainsKey(name) && OwnAliases().Remove(name);
    }

    /// <summary>The next RANDOM: 0 to 32767, the same sequence for the same seed.</summary>
    public int NextRandom()
    {
        if (!_randomSeeded)
        {
            _randomSeeded = true;
            _random = (uint)Random.Shared.Next(1, int.MaxValue) ^ (uint)Process.Id;
        }

        // The minimal standard generator of Park and Miller, whose halves bash joins.
        long next = 16807L * (_random == 0 ? 123459876 : _random) % 2147483647;
        _random = (uint)next;
        return (int)((_random >> 16 ^ _random & 0xffff) & 0x7fff);
    }

    /// <summary>Assigning to RANDOM seeds it.</summary>
    public void SeedRandom(string value)
    {
        _randomSeeded = true;
        _random = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? (uint)seed : 0;
    }

    /// <summary>FUNCNAME.</summary>
    public IndexedArray FunctionNames()
    {
        // There is none while no function runs, also in a sourced file.
        var array = new IndexedArray();
        if (_functionDepth == 0)
            return array;
        for (int i = _frames.Count - 1; i >= 0; i--)
            array.Add(_frames[i].Name);
        if (_frames.Count > 0 && Script.Length > 0)
            array.Add("main");
        return array;
    }

    /// <summary>BASH_SOURCE.</summary>
    public IndexedArray Sources()
    {
        var array = new IndexedArray();
        for (int i = _frames.Count - 1; i >= 0; i--)
            array.Add(_frames[i].Source);
        if (Script.Length > 0)
            array.Add(Script);
        return array;
    }

    /// <summary>BASH_LINENO.</summary>
    public IndexedArray CallLines()
    {
        var array = new IndexedArray();
        for (int i = _frames.Count - 1; i >= 0; i--)
            array.Add(_frames[i].CallLine.ToString(CultureInfo.InvariantCulture));
        if (Script.Length > 0)
            array.Add("0");
        return array;
    }

    /// <inheritdoc/>
    public string? DirectoryOnStack(string place)
    {
        if (!IsBash || !int.TryParse(place.AsSpan().TrimStart("+-"), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return null;
        index = place[0] == '-' ? DirectoryStack.Count - index : index;
        return index == 0 ? Variables.Get("PWD") : index > 0 && index <= DirectoryStack.Count ? DirectoryStack[index - 1] : null;
    }

    /// <summary>DIRSTACK.</summary>
    public IndexedArray DirectoryStackArray()
    {
        var array = new IndexedArray([Variables.Get("PWD") ?? "/"]);
        foreach (string directory in DirectoryStack)
            array.Add(directory);
        return array;
    }

    /// <summary>SHELLOPTS: the names of the options of <c>set</c> that are on.</summary>
    public string OptionList()
    {
        var names = new List<string>();
        foreach ((string name, ShellOptions option) in OptionNames.Long)
        {
            if (Has(option))
                names.Add(name);
        }

        return string.Join(':', names);
    }

    /// <summary>BASHOPTS: the names of the options of <c>shopt</c> that are on.</summary>
    public string ShoptList()
    {
        var names = new List<string>();
        for (int i = 0; i < Shopt.Names.Length; i++)
        {
            if ((ShoptBits >> i & 1) != 0)
                names.Add(Shopt.Names[i]);
        }

        return string.Join(':', names);
    }

    private Dictionary<string, string> OwnAliases()
    {
        if (_aliasesShared)
        {
            _aliases = new Dictionary<string, string>(_aliases);
            _aliasesShared = false;
        }

        return _aliases;
    }
}
