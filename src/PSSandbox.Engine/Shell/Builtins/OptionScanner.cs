using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Takes the options of a built-in off its arguments by POSIX's utility syntax guidelines.</summary>
internal ref struct OptionScanner
{
    private readonly ShellInterpreter _shell;
    private readonly List<string> _arguments;
    private readonly string _options;
    private int _offset;

    /// <summary>Begins scanning.</summary>
    /// <param name="shell">The shell, for messages.</param>
    /// <param name="arguments">The arguments, the name first.</param>
    /// <param name="options">Option letters; a colon after one means that it has an argument.</param>
    public OptionScanner(ShellInterpreter shell, List<string> arguments, string options)
    {
        _shell = shell;
        _arguments = arguments;
        _options = options;
    }

    /// <summary>Place of the first operand, once scanning has ended.</summary>
    public int Index { get; private set; } = 1;

    /// <summary>The argument of the option last given.</summary>
    public string Argument { get; private set; } = "";

    /// <summary>Whether the option was introduced by a plus sign.</summary>
    public bool IsPlus { get; private set; }

    /// <summary>Whether options may begin with a plus sign (<c>declare +x</c>).</summary>
    public bool AllowPlus { get; init; }

    /// <summary>The next option's letter; '\0' at the end; '?' after a message for a wrong one.</summary>
    public char Next()
    {
        if (_offset == 0)
        {
            if (Index >= _arguments.Count)
                return '\0';
            string word = _arguments[Index];
            if (word.Length < 2 || word[0] != '-' && !(AllowPlus && word[0] == '+'))
                return '\0';
            if (word == "--")
            {
                Index++;
                return '\0';
            }

            IsPlus = word[0] == '+';
            _offset = 1;
        }

        string current = _arguments[Index];
        char letter = current[_offset++];
        int place = letter == ':' ? -1 : _options.IndexOf(letter);
        bool takes = place >= 0 && place + 1 < _options.Length && _options[place + 1] == ':';
        if (place < 0)
        {
            _shell.Error($"{_arguments[0]}: {(IsPlus ? '+' : '-')}{letter}: invalid option");
            _shell.Usage(_arguments[0]);
            return '?';
        }

        if (takes)
        {
            if (_offset < current.Length)
            {
                Argument = current[_offset..];
            }
            else if (Index + 1 < _arguments.Count)
            {
                Argument = _arguments[++Index];
            }
            else
            {
                _shell.Error($"{_arguments[0]}: -{letter}: option requires an argument");
                _shell.Usage(_arguments[0]);
                return '?';
            }

            Index++;
            _offset = 0;
            return letter;
        }

        if (_offset >= current.Length)
        {
            Index++;
            _offset = 0;
        }

        return letter;
    }
}
