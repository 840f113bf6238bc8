using PSSandbox.FileSystem;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Running source: scripts, sourced files, eval, traps.
internal sealed partial class ShellInterpreter
{
    /// <summary>Status of a syntax error.</summary>
    private const int SyntaxErrorStatus = 2;

    private const int MaxSourceBytes = 1 << 28;

    private ShellParserOptions ParserOptions(int firstLine, bool interactive = false)
    {
        bool aliases = !IsBash || IsInteractive || HasShopt(Shopt.ExpandAliases);
        return new ShellParserOptions
        {
            Dialect = IsBash && !IsPosix ? ShellDialect.Bash : IsBash ? ShellDialect.Bash : ShellDialect.Posix,
            AliasLookup = aliases ? name => _aliases.GetValueOrDefault(name) : null,
            FirstLine = firstLine,
            IsInteractive = interactive,
            Checkpoint = CheckAttention,
        };
    }

    /// <summary>Runs a text in this shell: eval, traps, -c. Each complete command is run before the next one is parsed.</summary>
    /// <param name="text">The source.</param>
    /// <param name="name">What it is, for messages of syntax errors.</param>
    /// <param name="isTop">Whether it is the shell's own program (-c).</param>
    /// <returns>The status of the last command.</returns>
    public int RunText(string text, string name, bool isTop = false)
    {
        if (!isTop && !EnterNested(name))
            return LastStatus;
        int offset = _lineOffset;
        int line = _line;
        if (!isTop)
            _lineOffset = IsBash && name is "eval" or "trap" or "debug trap" && _line > 0 ? _line - 1 : 0;
        ShellDialect dialect = IsBash ? ShellDialect.Bash : ShellDialect.Posix;
        // The history is of lines, which parsed commands have no more.
        bool caches = _aliases.Count == 0 && !Has(ShellOptions.Verbose) && !(isTop && text.Contains("history", StringComparison.Ordinal));
        try
        {
            if (caches && ParsedText.Find(text, dialect) is { } commands)
                return RunCommands(commands, isTop);
            return RunParsing(new ShellParser(text, ParserOptions(1)), text, caches, name, isTop);
        }
        finally
        {
            _lineOffset = offset;
            if (!isTop)
            {
                _line = line;
                LeaveNested();
            }
        }
    }

    private int RunCommands(CommandList[] commands, bool isTop)
    {
        int status = 0;
        for (int i = 0; i < commands.Length; i++)
        {
            if (isTop && i == commands.Length - 1)
                PrepareExec(commands[i]);
            status = RunComplete(commands[i], isTop);
            if (_flow != ControlFlow.None)
                break;
        }

        return status;
    }

    private int RunParsing(ShellParser parser, string? text, bool caches, string name, bool isTop)
    {
        var parsed = caches ? new List<CommandList>() : null;
        int status = 0;
        while (true)
        {
            CommandList? commands;
            int line = parser.Line;
            try
            {
                commands = parser.ParseNextCommand();
            }
            catch (ShellSyntaxException error)
            {
                // Given up by ctrl-C at the prompt: that is no mistake.
                return IsInteractive && _flow != ControlFlow.None ? LastStatus : SyntaxError(error, name, text);
            }

            if (commands is null)
            {
                if (parsed is not null && _aliases.Count == 0)
                    ParsedText.Keep(text!, IsBash ? ShellDialect.Bash : ShellDialect.Posix, parsed);
                return status;
            }

            if (commands.Items.Length == 0)
                continue;
            if (Has(ShellOptions.Verbose) && isTop && text is not null && !IsInteractive)
                WriteError(LinesOf(text, line, parser.Line) + "\n");
            parsed?.Add(commands);
            if (Has(ShellOptions.NoExec) && !IsInteractive)
                continue;
            if (Has(ShellOptions.History) && isTop && text is not null && !IsInteractive && Script.Length > 0)
                Remember(LinesOf(text, commands.Items[0].Statement.Position.Line, parser.Line));
            status = RunComplete(commands, isTop);
            if (_flow != ControlFlow.None)
                return status;
            if (_aliases.Count > 0 || IsBash)
                parser.Options = ParserOptions(1);
        }
    }

    /// <summary>The lines of a text from one number up to, and without, another; the first one at any rate.</summary>
    private static string LinesOf(string text, int first, int end)
    {
        string[] lines = text.Split('\n');
        int from = Math.Clamp(first - 1, 0, lines.Length - 1);
        return string.Join('\n', lines[from..Math.Clamp(end - 1, from + 1, lines.Length)]);
    }

    /// <summary>Runs a complete command. An expansion's error gives up no more than this one, unless in a subshell.</summary>
    private int RunComplete(CommandList commands, bool isTop)
    {
        int status = RunList(commands);
        if (_flow == ControlFlow.Abort && (_subshellLevel == 0 || isTop) && _loopDepth == 0)
        {
            _flow = ControlFlow.None;
            if (_interruptStatus != 0)
                LastStatus = _interruptStatus;
            _interruptStatus = 0;
            status = LastStatus;
        }

        return status;
    }

    /// <summary>A single simple command at a shell's end replaces the shell where nothing remains to be done after it.</summary>
    private void PrepareExec(CommandList commands)
    {
        if (commands.Items is [{ IsAsync: false, Statement: SimpleCommand simple }] && !IsInteractive && !Has(ShellOptions.Monitor))
            _execCommand = simple;
    }

    private int SyntaxError(ShellSyntaxException error, string name, string? text)
    {
        // As in bash the end is behind the last line, whether or not a newline ends that.
        bool isAtEnd = error.IsIncomplete && text is { Length: > 0 } && text[^1] != '\n' && error.Message.StartsWith("syntax error: unexpected end", StringComparison.Ordinal);
        int line = error.Line + _lineOffset + (IsBash && isAtEnd ? 1 : 0);
        string where = IsInteractive ? $"{Name}: " : !IsBash ? $"{Name}: line {line}: "
            : name is "-c" or "eval" ? $"{Name}: {name}: line {line}: "
            : name is "stdin" or "trap" ? $"{Name}: line {line}: "
            : $"{name}: line {line}: ";
        WriteError($"{where}{error.Message} (column {error.Column})\n");
        if (IsBash && !error.IsIncomplete && text is not null && LineOf(text, error.Line) is { Length: > 0 } source && source.Length < 4096)
            WriteError($"{where}`{source}'\n");
        LastStatus = SyntaxErrorStatus;
        if (!IsInteractive && (!IsBash || IsPosix))
            _flow = ControlFlow.Exit;
        return SyntaxErrorStatus;
    }

    private static string LineOf(string text, int line)
    {
        ReadOnlySpan<char> rest = text;
        for (; line > 1; line--)
        {
            int newline = rest.IndexOf('\n');
            if (newline < 0)
                return "";
            rest = rest[(newline + 1)..];
        }

        int end = rest.IndexOf('\n');
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    /// <summary>Runs a file in this shell (dot).</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Positional parameters for its time; null for the present ones.</param>
    /// <param name="status">The status of its last command.</param>
    /// <returns>Why it could not be read.</returns>
    public Errno RunFile(string path, string[]? parameters, out int status)
    {
        status = 1;
        Errno error = ReadSource(path, out string text);
        if (error != Errno.None)
            return error;
        if (!EnterNested(path))
        {
            status = LastStatus;
            return Errno.None;
        }

        string[] positional = _positional;
        int start = _positionalStart;
        int offset = _lineOffset;
        int line = _line;
        if (parameters is not null)
            SetPositional(parameters);
        _lineOffset = 0;
        _sourceDepth++;
        _frames.Add(new CallFrame("source", path, line));
        try
        {
            LastStatus = 0;
            bool caches = _aliases.Count == 0 && !Has(ShellOptions.Verbose);
            status = caches && ParsedText.Find(text, IsBash ? ShellDialect.Bash : ShellDialect.Posix) is { } commands
                ? RunCommands(commands, isTop: false)
                : RunParsing(new ShellParser(text, ParserOptions(1)), text, caches, path, isTop: false);
            if (_flow == ControlFlow.Return)
            {
                _flow = ControlFlow.None;
                status = LastStatus;
            }

            if (_traps?[TrapTable.Return] is { Length: > 0 } action && _flow == ControlFlow.None)
                RunTrapAction(action);
        }
        finally
        {
            _frames.RemoveAt(_frames.Count - 1);
            _sourceDepth--;
            LeaveNested();
            _lineOffset = offset;
            _line = line;
            if (parameters is not null)
            {
                _positional = positional;
                _positionalStart = start;
            }
        }

        return Errno.None;
    }

    /// <summary>Reads a file of source as a whole.</summary>
    public Errno ReadSource(string path, out string text)
    {
        text = "";
        Errno error = OpenFile(path, OpenFlags.ReadOnly, out OpenFile? file);
        if (error != Errno.None)
            return error;
        try
        {
            if (file!.Node is { IsDirectory: true })
                return Errno.EISDIR;
            error = file.GetStatus(out FileStatus status);
            if (error == Errno.None && status.Type == FileType.Regular && status.Size > MaxSourceBytes)
                return Errno.EFBIG;
            var buffer = new ByteBuffer(this);
            byte[] chunk = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 16);
            try
            {
                while (true)
                {
                    error = Process.Read(file, chunk, out int count);
                    if (error == Errno.EINTR)
                    {
                        CheckAttention();
                        continue;
                    }

                    if (error != Errno.None || count == 0)
                        break;
                    buffer.Append(System.Text.Encoding.Latin1.GetString(chunk.AsSpan(0, count)));
                    if (buffer.Length > MaxSourceBytes)
                        return Errno.EFBIG;
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(chunk);
            }

            text = LargeText.FromBytes(buffer.Span, this);
            return error;
        }
        finally
        {
            file!.Release();
        }
    }

    /// <summary>Parses <c>(…)</c> as the elements of an array; null if it is not valid.</summary>
    public Assignment? ParseArray(string name, string value, bool append)
    {
        try
        {
            return new ShellParser($"{name}{(append ? "+=" : "=")}{value}", ParserOptions(1)).ParseNextCommand() is
                { Items: [{ Statement: SimpleCommand { Words.Length: 0, Assignments: [{ Elements: not null } only] } }] } ? only : null;
        }
        catch (ShellSyntaxException)
        {
            return null;
        }
    }

    private Word ParsePromptWord(string text)
    {
        try
        {
            string quoted = "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
            if (new ShellParser(": " + quoted, ParserOptions(1)).ParseNextCommand() is { Items: [{ Statement: SimpleCommand { Words: [_, { } word] } }] })
                return word;
        }
        catch (ShellSyntaxException)
        {
            // What cannot be parsed stands for itself.
        }

        return new Word(default, [new QuotedPart(default, text, QuoteStyle.Double)]);
    }

    /// <summary>Runs a command as <c>command</c> does: functions are not looked at, special built-ins lose their special rules.</summary>
    public int RunWithoutFunctions(List<string> arguments, string? path)
    {
        string name = arguments[0];
        if (FindBuiltin(name) is { } builtin)
        {
            bool outer = _losesSpecial;
            _losesSpecial = true;
            try
            {
                return RunBuiltin(builtin, arguments);
            }
            finally
            {
                _losesSpecial = outer;
            }
        }

        FlushOut(name);
        return RunExternal(name, arguments, null, path);
    }

    /// <summary>Switches an option of <c>set</c> and does what that entails.</summary>
    public void ApplyOption(ShellOptions option, bool on)
    {
        SetOption(option, on);
        if (option == ShellOptions.Posix && on && IsBash)
            SetShopt(Shopt.ExpandAliases, true);
    }

    /// <summary>Sets the status and makes the shell exit.</summary>
    public void SetStatusAndExit(int status)
    {
        LastStatus = status & 0xff;
        _flow = ControlFlow.Exit;
    }

    /// <summary>Sets the status and makes the function or sourced file return.</summary>
    public void SetStatusAndReturn(int status)
    {
        _statusBeforeReturn = LastStatus;
        LastStatus = status & 0xff;
        _flow = ControlFlow.Return;
    }

    /// <summary>Writes a built-in's usage to standard error.</summary>
    public void Usage(string name)
    {
        if (IsBash)
            WriteError($"{name}: usage: {BuiltinUsage.Of(name)}\n");
        else
            WriteError($"usage: {BuiltinUsage.Of(name)}\n");
    }
}
