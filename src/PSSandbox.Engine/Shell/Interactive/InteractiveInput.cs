using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Interactive;

/// <summary>What a person types to an interactive shell on a terminal: edited lines, their history, HISTFILE.</summary>
internal sealed class InteractiveInput
{
    private const int MaxHistoryFile = 1 << 22;
    private readonly ShellInterpreter _shell;
    private readonly LineEditorTerminal _terminal = new();
    private readonly LineEditor _editor;
    private readonly Queue<string> _lines = new();
    private readonly byte[] _modes = new byte[TerminalModes.Length];
    private readonly HistoryExpansion _expansion;
    private string _command = "";
    private bool _isKept;
    private bool _hasModes;

    /// <summary>Makes it for a shell, and reads HISTFILE.</summary>
    public InteractiveInput(ShellInterpreter shell)
    {
        _shell = shell;
        _expansion = new HistoryExpansion(shell.History);
        _editor = new LineEditor(_terminal, History, new ShellCompleter(shell).Complete)
        {
            Bindings = () => _shell.KeyBindings,
            RunCommand = RunForKey,
        };
        TakeLimit();
        Load();
    }

    /// <summary>The commands that were typed.</summary>
    public CommandHistory History => _shell.History;

    /// <summary>Lets a line be typed.</summary>
    /// <param name="isContinuation">Whether a command has begun: the prompt is PS2.</param>
    /// <param name="ended">Whether nothing more will come.</param>
    /// <returns>The line with its newline; null when it was given up, or at the end.</returns>
    public string? ReadLine(bool isContinuation, out bool ended)
    {
        ended = false;
        if (_lines.TryDequeue(out string? waiting))
            return Keep(waiting, isContinuation);
        if (!isContinuation)
            Save();
        if (_shell.Process.Descriptors[0] is not { Terminal: { } terminal } file)
        {
            ended = true;
            return null;
        }

        TakeSize(terminal);
        string prompt = Expand(_shell.Variables.Get(isContinuation ? "PS2" : "PS1") ?? "");
        EditOutcome outcome;
        string line;
        using (var raw = new ShellTerminal(_shell, file))
        {
            raw.Before.CopyTo(_modes);
            _hasModes = true;
            _terminal.Current = raw;
            outcome = _editor.Edit(prompt, out line);
            raw.Write("\x1b[?2004l");
        }

        // The window may have changed while the line was typed.
        TakeSize(terminal);

        switch (outcome)
        {
            case EditOutcome.Abandoned:
                _shell.AbandonCommand();
                return null;
            case EditOutcome.EndOfInput:
                ended = !isContinuation || file.Terminal is PseudoTerminal { HungUp: true };
                return null;
        }

        string[] lines = line.Split('\n');
        foreach (string more in lines.AsSpan(1))
            _lines.Enqueue(more);
        return Keep(lines[0], isContinuation);
    }

    /// <summary>The command was given up: what was pasted with it is forgotten.</summary>
    public void Discard() => _lines.Clear();

    /// <summary>Gives the terminal the modes that it had at the last prompt: a program that was stopped or killed left it in others.</summary>
    public void RestoreModes(Terminal terminal)
    {
        if (_hasModes)
            terminal.SetAttributes(_modes);
    }

    /// <summary>Appends to HISTFILE what was typed since the last time.</summary>
    public void Save()
    {
        int count = Math.Min(_shell.UnsavedHistory, History.Entries.Count);
        _shell.UnsavedHistory = 0;
        if (count == 0 || _shell.Process.Attention || _shell.Variables.Get("HISTFILE") is not { Length: > 0 } path)
            return;
        if (_shell.Process.Kernel.Files.Open(_shell.Process.Paths, path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Append, 0x180, out OpenFile? file) != Errno.None)
            return;
        ReadOnlySpan<byte> bytes = ByteText.ToBytes(string.Concat(History.Entries.Skip(History.Entries.Count - count).Select(static e => e + "\n")));
        while (bytes.Length > 0 && file!.Write(bytes, _shell.Process, out int written) == Errno.None)
            bytes = bytes[written..];
        file!.Release();
    }

    /// <summary>A command that a key is bound to (<c>bind -x</c>): it sees and sets READLINE_LINE and READLINE_POINT.</summary>
    private (string Line, int Point) RunForKey(string command, string line, int point)
    {
        _shell.Variables.Assign("READLINE_LINE", line);
        _shell.Variables.Assign("READLINE_POINT", IntegerText.Format(point));
        _shell.RunText(command, "bind -x");
        line = _shell.Variables.Get("READLINE_LINE") ?? "";
        if (int.TryParse(_shell.Variables.Get("READLINE_POINT"), NumberStyles.None, CultureInfo.InvariantCulture, out int set))
            point = set;
        _shell.Variables.Unset("READLINE_LINE");
        _shell.Variables.Unset("READLINE_POINT");
        return (line, point);
    }

    private void Load()
    {
        if (_shell.Variables.Get("HISTFILE") is not { Length: > 0 } path)
            return;
        if (_shell.Process.Kernel.Files.Open(_shell.Process.Paths, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out OpenFile? file) != Errno.None)
            return;
        byte[] bytes = new byte[64 << 10];
        var text = new System.Text.StringBuilder();
        while (text.Length < MaxHistoryFile && file!.Read(bytes, _shell.Process, out int count) == Errno.None && count > 0)
            text.Append(ByteText.FromBytes(bytes.AsSpan(0, count)));
        file!.Release();
        foreach (string line in text.ToString().Split('\n'))
            History.Add(line);
    }

    private void TakeSize(Terminal terminal)
    {
        if (!_shell.HasShopt(Shopt.Bit("checkwinsize")))
            return;
        _shell.Variables.Assign("LINES", terminal.Size.Rows.ToString(CultureInfo.InvariantCulture));
        _shell.Variables.Assign("COLUMNS", terminal.Size.Columns.ToString(CultureInfo.InvariantCulture));
    }

    private void TakeLimit()
    {
        if (int.TryParse(_shell.Variables.Get("HISTSIZE"), out int limit))
            History.Limit = limit < 0 ? CommandHistory.MaxEntries : limit;
    }

    /// <summary>Puts a line into the history: that of a command that has begun joins the lines before.</summary>
    private string Keep(string line, bool isContinuation)
    {
        TakeLimit();
        if (_shell.Has(ShellOptions.HistExpand))
        {
            string? expanded = _expansion.Expand(line, quotes: true, isContinuation);
            if (expanded is null)
            {
                _shell.WriteError($"{_shell.Name}: {_expansion.Error}\n");
                return "\n";
            }

            line = expanded;
            if (_expansion.Changed)
                _shell.WriteError(line + "\n");
        }

        if (!isContinuation)
        {
            _command = line;
            _isKept = History.Add(line, _shell.Variables.Get("HISTCONTROL") ?? "");
            _shell.UnsavedHistory += _isKept ? 1 : 0;
        }
        else if (_isKept && History.Entries.Count > 0)
        {
            _command += "\n" + line;
            History.RemoveAt(History.Entries.Count - 1);
            History.Add(_command);
        }

        return _expansion.PrintsOnly ? "\n" : line + "\n";
    }

    private string Expand(string prompt)
    {
        try
        {
            return _shell.Expander.ExpandPrompt(prompt);
        }
        catch (ShellExpansionException error)
        {
            _shell.Error(error.Message);
            return "";
        }
    }

    /// <summary>The editor keeps its state from line to line, the terminal is opened for each: this stands between them.</summary>
    private sealed class LineEditorTerminal : IEditorTerminal
    {
        public ShellTerminal? Current { get; set; }

        public (int Rows, int Columns) Size => Current!.Size;

        public bool HasInput => Current!.HasInput;

        public int ReadByte() => Current!.ReadByte();

        public void Write(string bytes) => Current!.Write(bytes);
    }
}
