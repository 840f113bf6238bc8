using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>read</c> (POSIX XCU read, bash manual 4.2).</summary>
internal static class ReadBuiltin
{
    /// <summary>Added to a character that a backslash protects from splitting.</summary>
    private const int Quoted = 0x100;

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "ra:d:n:N:t:p:su:i:e");
        var request = new Request { Raw = false, Delimiter = '\n', Count = -1, Descriptor = 0, Deadline = -1 };
        string? prompt = null;
        bool silent = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'r':
                    request.Raw = true;
                    break;
                case 'a':
                    request.Array = options.Argument;
                    break;
                case 'd':
                    request.Delimiter = options.Argument.Length == 0 ? '\0' : options.Argument[0];
                    break;
                case 'n' or 'N':
                    if (!int.TryParse(options.Argument, out int count) || count < 0)
                        return Invalid(shell, $"{options.Argument}: invalid number");
                    request.Count = count;
                    request.Exact = option == 'N';
                    break;
                case 't':
                    if (!double.TryParse(options.Argument, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out double seconds))
                        return Invalid(shell, $"{options.Argument}: invalid timeout specification");
                    request.Polls = seconds == 0;
                    request.Deadline = Environment.TickCount64 + (long)Math.Min(seconds * 1000, int.MaxValue);
                    break;
                case 'p':
                    prompt = options.Argument;
                    break;
                case 's':
                    silent = true;
                    break;
                case 'u':
                    if (!int.TryParse(options.Argument, out request.Descriptor) || request.Descriptor < 0)
                        return Invalid(shell, $"{options.Argument}: invalid file descriptor specification");
                    break;
                case 'i' or 'e':
                    break;
                default:
                    return 2;
            }
        }

        int first = options.Index;
        if (first >= arguments.Count && shell.Flavor == ShellFlavor.Dash)
        {
            shell.Error("read: arg count");
            return 2;
        }

        for (int i = first; shell.IsArgument(arguments, i); i++)
        {
            if (!IsTarget(arguments[i]))
                return Invalid(shell, $"`{arguments[i]}': not a valid identifier");
        }

        if (request.Array is not null && !VariableTable.IsValidName(request.Array))
            return Invalid(shell, $"`{request.Array}': not a valid identifier");
        OpenFile? file = shell.Process.Descriptors[request.Descriptor];
        if (file is null || !file.CanRead)
        {
            shell.Error($"read: {(file is null && request.Descriptor != 0 ? $"{request.Descriptor}: invalid file descriptor" : "read error: 0")}: {Errno.EBADF.Message()}");
            return 1;
        }

        if (request.Polls)
            return (file.Poll() & (PollEvents.Readable | PollEvents.HangUp)) != 0 ? 0 : 1;
        if (prompt is not null && file.Terminal is not null)
            shell.WriteError(prompt);
        bool byCharacter = request.Count >= 0 || request.Delimiter != '\n';
        using TerminalEcho? modes = (silent || byCharacter) && file.Terminal is { } terminal ? new TerminalEcho(terminal, !silent, !byCharacter) : null;
        return Read(shell, arguments, first, request);
    }

    private static int Read(ShellInterpreter shell, List<string> arguments, int first, Request request)
    {
        var reader = new DescriptorReader(shell, request.Descriptor) { DeadlineMilliseconds = request.Deadline };
        string line;
        bool complete;
        bool escaped = false;
        if (request is { Raw: true, Delimiter: '\n', Count: < 0 })
        {
            complete = reader.ReadLine(out line);
            line = LargeText.WithoutNulls(line, shell);
            reader.Finish();
        }
        else
        {
            complete = ReadSlowly(shell, ref reader, request, out line, out escaped);
        }

        int status = complete ? 0 : reader.Error == Errno.ETIMEDOUT ? 142 : reader.Error == Errno.EINTR ? 128 + Math.Max(1, shell.PendingSignal) : 1;
        if (reader.Error is not (Errno.None or Errno.ETIMEDOUT or Errno.EINTR))
        {
            shell.Error($"read: read error: {request.Descriptor}: {reader.Error.Message()}");
            status = 1;
        }

        FieldSeparators ifs = shell.Expander.Separators;
        if (request.Array is { } array)
        {
            var values = new IndexedArray();
            SplitAll(shell, line, ifs, values, escaped);
            shell.Variables.AssignArray(array, values);
        }
        else if (first >= arguments.Count)
        {
            shell.Variables.Assign("REPLY", Plain(shell, line, escaped));
        }
        else if (request.Exact)
        {
            shell.AssignNamed(arguments[first], Plain(shell, line, escaped));
            for (int i = first + 1; shell.IsArgument(arguments, i); i++)
                shell.AssignNamed(arguments[i], "");
        }
        else
        {
            Split(shell, line, ifs, arguments, first, escaped);
        }

        return status;
    }

    /// <summary>Reads character by character: backslashes, another delimiter, a number of characters.</summary>
    private static bool ReadSlowly(ShellInterpreter shell, ref DescriptorReader reader, in Request request, out string line, out bool escaped)
    {
        var text = new StringBuilder();
        escaped = false;
        bool complete = true;
        int left = request.Count;
        while (left != 0)
        {
            int c = reader.ReadByte();
            if (c < 0)
            {
                complete = false;
                break;
            }

            if (c == '\\' && !request.Raw)
            {
                c = reader.ReadByte();
                if (c < 0)
                {
                    complete = false;
                    break;
                }

                if (c == '\n')
                    continue;
                escaped = true;
                text.Append((char)(c | Quoted));
                reader.Gathered = text.Length;
                left--;
                continue;
            }

            if (c == request.Delimiter && !request.Exact)
                break;
            if (c == 0)
                continue;
            text.Append((char)c);
            reader.Gathered = text.Length;
            left--;
            if (request.Count >= 0 && shell.Expander.IsUtf8)
                ReadRest(ref reader, c, text);
        }

        reader.Finish();
        line = LargeText.ToText(text, shell);
        if (shell.IsLeaving)
            complete = false;
        return complete;
    }

    /// <summary>Characters are counted, not bytes: the bytes that belong to the one that begins with a byte are read with it.</summary>
    private static void ReadRest(ref DescriptorReader reader, int first, StringBuilder text)
    {
        int more = first is >= 0xc2 and < 0xe0 ? 1 : first is >= 0xe0 and < 0xf0 ? 2 : first is >= 0xf0 and < 0xf5 ? 3 : 0;
        for (; more > 0 && reader.ReadByte() is >= 0 and int c; more--)
        {
            text.Append((char)c);
            if ((c & 0xc0) != 0x80)
                return;
        }
    }

    /// <summary>Splits a line to variables: the last one gets what is left.</summary>
    private static void Split(ShellInterpreter shell, string line, FieldSeparators ifs, List<string> names, int first, bool escaped)
    {
        int position = 0;
        SkipSpace(line, ifs, ref position);
        for (int i = first; i < names.Count; i++)
        {
            if (i == names.Count - 1)
            {
                shell.AssignNamed(names[i], Plain(shell, Rest(shell, line, ifs, position), escaped));
                return;
            }

            int end = FieldEnd(shell, line, ifs, position);
            string value = LargeText.Copy(line.AsSpan(position, end - position), shell);
            position = end;
            SkipDelimiter(line, ifs, ref position);
            shell.AssignNamed(names[i], Plain(shell, value, escaped));
        }
    }

    private static void SplitAll(ShellInterpreter shell, string line, FieldSeparators ifs, IndexedArray values, bool escaped)
    {
        int position = 0;
        SkipSpace(line, ifs, ref position);
        for (int rounds = 1; position < line.Length; rounds++)
        {
            if ((rounds & 0xfff) == 0)
                shell.CheckAttention();
            int end = FieldEnd(shell, line, ifs, position);
            values.Set(values.Count, Plain(shell, line[position..end], escaped));
            position = end;
            SkipDelimiter(line, ifs, ref position);
        }
    }

    /// <summary>What the last variable gets: without white space at its end, and without one delimiter after a single field.</summary>
    private static string Rest(ShellInterpreter shell, string line, FieldSeparators ifs, int position)
    {
        int end = FieldEnd(shell, line, ifs, position);
        int next = end;
        SkipDelimiter(line, ifs, ref next);
        if (next >= line.Length)
            return LargeText.Copy(line.AsSpan(position, end - position), shell);
        int last = line.Length;
        while (last > position && IsSpace(line[last - 1], ifs))
            last--;
        return LargeText.Copy(line.AsSpan(position, last - position), shell);
    }

    private static int FieldEnd(ShellInterpreter shell, string line, FieldSeparators ifs, int position)
    {
        int next = ifs.Find(line.AsSpan(position), out _, shell);
        return next < 0 ? line.Length : position + next;
    }

    private static void SkipDelimiter(string line, FieldSeparators ifs, ref int position)
    {
        SkipSpace(line, ifs, ref position);
        if (position < line.Length && ifs.LengthAt(line, position) is > 0 and int length)
        {
            position += length;
            SkipSpace(line, ifs, ref position);
        }
    }

    private static void SkipSpace(string line, FieldSeparators ifs, ref int position)
    {
        while (position < line.Length && IsSpace(line[position], ifs))
            position++;
    }

    private static bool IsSpace(char c, FieldSeparators ifs) => ifs.IsWhiteSpace(c);

    private static string Plain(ShellInterpreter shell, string text, bool escaped)
    {
        if (!escaped)
            return text;
        return string.Create(text.Length, (text, shell), static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                if ((i & 0xfffff) == 0xfffff)
                    source.shell.CheckAttention();
                span[i] = (char)(source.text[i] & 0xff);
            }
        });
    }

    private static bool IsTarget(string name)
    {
        int bracket = name.IndexOf('[');
        return VariableTable.IsValidName(bracket > 0 && name.EndsWith(']') ? name.AsSpan(0, bracket) : name);
    }

    private static int Invalid(ShellInterpreter shell, string message)
    {
        shell.Error($"read: {message}");
        return shell.IsBash ? 1 : 2;
    }

    private struct Request
    {
        public bool Raw;
        public char Delimiter;
        public int Count;
        public bool Exact;
        public bool Polls;
        public int Descriptor;
        public long Deadline;
        public string? Array;
    }
}
