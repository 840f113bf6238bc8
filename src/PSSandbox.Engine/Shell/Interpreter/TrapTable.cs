using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>The actions of <c>trap</c>. An empty action ignores.</summary>
internal sealed class TrapTable
{
    /// <summary>The pseudo-signal of a failing command.</summary>
    public const int Err = Signals.Count + 1;

    /// <summary>The pseudo-signal before every command.</summary>
    public const int Debug = Signals.Count;

    /// <summary>The pseudo-signal when a function or sourced file returns.</summary>
    public const int Return = Signals.Count + 2;

    /// <summary>The pseudo-signal at the shell's end.</summary>
    public const int Exit = 0;

    private readonly string?[] _actions = new string?[Signals.Count + 3];

    /// <summary>How many actions there are.</summary>
    public int Count { get; private set; }

    /// <summary>What a subshell shows with <c>trap</c> until it sets one of its own (POSIX): the parent's actions.</summary>
    public TrapTable? Inherited { get; set; }

    /// <summary>The action of a signal or pseudo-signal; null for the default.</summary>
    public string? this[int signal]
    {
        get => _actions[signal];
        set
        {
            Count += (value is null ? 0 : 1) - (_actions[signal] is null ? 0 : 1);
            _actions[signal] = value;
        }
    }

    /// <summary>The name of a signal or pseudo-signal, with SIG where it is a signal and <paramref name="prefix"/> is wanted.</summary>
    public static string Name(int signal, bool prefix) => signal switch
    {
        Exit => "EXIT",
        Err => "ERR",
        Debug => "DEBUG",
        Return => "RETURN",
        _ => prefix ? "SIG" + Signals.Name((Signal)signal) : Signals.Name((Signal)signal),
    };

    /// <summary>Reads a signal or pseudo-signal.</summary>
    public static bool TryParse(string text, out int signal)
    {
        if (Signals.TryParse(text, out Signal real))
        {
            signal = (int)real;
            return true;
        }

        signal = text.ToUpperInvariant() switch { "ERR" => Err, "DEBUG" => Debug, "RETURN" => Return, "SIGEXIT" => Exit, _ => -1 };
        return signal >= 0;
    }

    /// <summary>
    /// The traps of a subshell: caught signals are default again, ignored ones stay ignored; ERR, DEBUG and RETURN
    /// only where their options say so.
    /// </summary>
    public TrapTable? ForSubshell(ShellOptions options)
    {
        if (Count == 0)
            return Inherited is null ? null : new TrapTable { Inherited = Inherited };
        var table = new TrapTable { Inherited = this };
        for (int signal = 1; signal < Signals.Count; signal++)
        {
            if (_actions[signal] is { Length: 0 })
                table[signal] = "";
        }

        if ((options & ShellOptions.ErrTrace) != 0)
            table[Err] = _actions[Err];
        if ((options & ShellOptions.FuncTrace) != 0)
        {
            table[Debug] = _actions[Debug];
            table[Return] = _actions[Return];
        }

        return table;
    }
}
