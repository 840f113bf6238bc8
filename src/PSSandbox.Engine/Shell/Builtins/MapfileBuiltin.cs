using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>mapfile</c> and <c>readarray</c> (bash).</summary>
internal static class MapfileBuiltin
{
    // What an element takes beside its characters, about.
    private const int BytesPerElement = 32;

    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "d:n:O:s:tu:C:c:");
        char delimiter = '\n';
        long most = 0;
        long origin = -1;
        long skip = 0;
        bool trim = false;
        int descriptor = 0;
        string? callback = null;
        long quantum = 5000;
        for (char option; (option = options.Next()) != '\0';)
        {
            bool valid = true;
            switch (option)
            {
                case 'd':
                    delimiter = options.Argument.Length == 0 ? '\0' : options.Argument[0];
                    break;
                case 'n':
                    valid = long.TryParse(options.Argument, out most) && most >= 0;
                    break;
                case 'O':
                    valid = long.TryParse(options.Argument, out origin) && origin >= 0;
                    break;
                case 's':
                    valid = long.TryParse(options.Argument, out skip) && skip >= 0;
                    break;
                case 't':
                    trim = true;
                    break;
                case 'u':
                    valid = int.TryParse(options.Argument, out descriptor) && descriptor >= 0;
                    break;
                case 'C':
                    callback = options.Argument;
                    break;
                case 'c':
                    valid = long.TryParse(options.Argument, out quantum) && quantum > 0;
                    break;
                default:
                    return 2;
            }

            if (!valid)
            {
                shell.Error($"{arguments[0]}: {options.Argument}: invalid {(option == 'u' ? "file descriptor specification" : option == 'O' ? "array origin" : "line count")}");
                return 1;
            }
        }

        string name = options.Index < arguments.Count ? arguments[options.Index] : "MAPFILE";
        if (!VariableTable.IsValidName(name))
        {
            shell.Error($"{arguments[0]}: `{name}': not a valid identifier");
            return 1;
        }

        var reader = new DescriptorReader(shell, descriptor);
        if (!reader.IsOpen)
        {
            shell.Error($"{arguments[0]}: {descriptor}: invalid file descriptor: {Errno.EBADF.Message()}");
            return 1;
        }

        var array = new IndexedArray();
        if (origin >= 0 && shell.Variables.Find(name) is { } old && shell.Variables.GetIndexed(old) is { } existing)
            array = existing.Clone(shell.CheckAttention);
        long index = Math.Max(0, origin);
        var line = new StringBuilder();
        long count = 0;
        long taken = 0;
        long gathered = 0;
        while (most == 0 || taken < most)
        {
            line.Clear();
            bool complete = ReadLine(ref reader, delimiter, line, gathered);
            if (line.Length == 0 && !complete)
                break;
            if (count++ < skip)
                continue;
            if (complete && !trim && delimiter != '\0')
                line.Append(delimiter);
            string value = LargeText.ToText(line, shell);
            if (callback is not null && (taken + 1) % quantum == 0)
                shell.RunText($"{callback} {index} {Quoting.Single(value, shell)}", "mapfile");
            array.Set(index++, value);
            gathered += value.Length + BytesPerElement;
            reader.Gathered = gathered;
            taken++;
            if (taken % 256 == 0 && shell.Process.Attention)
                shell.CheckAttention();
            if (!complete)
                break;
        }

        reader.Finish();
        shell.Variables.AssignArray(name, array);
        return 0;
    }

    private static bool ReadLine(ref DescriptorReader reader, char delimiter, StringBuilder line, long gathered)
    {
        while (true)
        {
            int c = reader.ReadByte();
            if (c < 0)
                return false;
            if (c == delimiter)
                return true;
            if (c == 0)
                continue;
            line.Append((char)c);
            reader.Gathered = gathered + line.Length;
        }
    }
}
