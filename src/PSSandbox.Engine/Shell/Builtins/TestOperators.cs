using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Builtins;

/// <summary>The primaries of <c>test</c>, <c>[</c> and <c>[[</c> (POSIX XCU test, bash manual 6.4).</summary>
internal static class TestOperators
{
    /// <summary>Whether a text is a unary operator.</summary>
    public static bool IsUnary(string text) =>
        text.Length == 2 && text[0] == '-' && "abcdefghknoprstuvwxzGLNORS".Contains(text[1]);

    /// <summary>Whether a text is a binary operator of <c>test</c>.</summary>
    public static bool IsBinary(string text) => text switch
    {
        "=" or "==" or "!=" or "<" or ">" => true,
        "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-nt" or "-ot" or "-ef" => true,
        _ => false,
    };

    /// <summary>Evaluates a unary primary.</summary>
    public static bool Unary(ShellInterpreter shell, char op, string operand)
    {
        Process process = shell.Process;
        switch (op)
        {
            case 'n':
                return operand.Length > 0;
            case 'z':
                return operand.Length == 0;
            case 't' when shell.IsBash && !long.TryParse(operand.AsSpan().Trim(), out _):
                return false;
            case 't':
                return ParseInteger(shell, operand) is >= 0 and <= int.MaxValue and long number && process.Descriptors[(int)number]?.Terminal is not null;
            case 'o':
                return OptionNames.OfName(operand) is not ShellOptions.None and var option && shell.Has(option);
            case 'v':
                return IsSet(shell, operand);
            case 'R':
                return shell.Variables.FindDirect(operand) is { IsNameref: true } reference && reference.Target is not null;
            default:
                return File(process, op, operand);
        }
    }

    /// <summary>Evaluates a unary primary that asks about a file.</summary>
    public static bool File(Process process, char op, string operand)
    {
        VirtualFileSystem files = process.Kernel.Files;
        switch (op)
        {
            case 'r':
                return files.Access(process.Paths, operand, 4) == Errno.None;
            case 'w':
                return files.Access(process.Paths, operand, 2) == Errno.None;
            case 'x':
                return files.Access(process.Paths, operand, 1) == Errno.None;
        }

        if (!TryGetStatus(process, operand, op is not ('h' or 'L'), out FileStatus status))
            return false;
        return op switch
        {
            'a' or 'e' => true,
            'f' => status.Type == FileType.Regular,
            'd' => status.Type == FileType.Directory,
            'h' or 'L' => status.Type == FileType.SymbolicLink,
            'p' => status.Type == FileType.Fifo,
            'S' => status.Type == FileType.Socket,
            'b' => status.Type == FileType.BlockDevice,
            'c' => status.Type == FileType.CharacterDevice,
            's' => status.Size > 0,
            'g' => (status.Mode & 0x400) != 0,
            'u' => (status.Mode & 0x800) != 0,
            'k' => (status.Mode & 0x200) != 0,
            'O' => status.UserId == process.User.UserId,
            'G' => status.GroupId == process.User.GroupId,
            'N' => status.ModificationTime > status.AccessTime,
            _ => false,
        };
    }

    /// <summary>Evaluates a binary primary. An operand that should be a number and is none is an error of status 2.</summary>
    public static bool Binary(ShellInterpreter shell, string op, string left, string right)
    {
        switch (op)
        {
            case "=" or "==":
                return LargeText.Equals(left, right, shell);
            case "!=":
                return !LargeText.Equals(left, right, shell);
            case "<":
                return LargeText.Compare(left, right, shell) < 0;
            case ">":
                return LargeText.Compare(left, right, shell) > 0;
            case "-nt" or "-ot":
                bool hasLeft = TryGetStatus(shell.Process, left, true, out FileStatus first);
                bool hasRight = TryGetStatus(shell.Process, right, true, out FileStatus second);
                return op == "-nt"
                    ? hasLeft && (!hasRight || first.ModificationTime > second.ModificationTime)
                    : hasRight && (!hasLeft || first.ModificationTime < second.ModificationTime);
            case "-ef":
                return TryGetStatus(shell.Process, left, true, out first) && TryGetStatus(shell.Process, right, true, out second)
                    && first.Device == second.Device && first.Inode == second.Inode;
        }

        return Compare(op, ParseInteger(shell, left), ParseInteger(shell, right))
            ?? throw new ArgumentException($"'{op}' is no binary operator.", nameof(op));
    }

    /// <summary>Compares integers; null for an operator that does not.</summary>
    public static bool? Compare(string op, long left, long right) => op switch
    {
        "-eq" => left == right,
        "-ne" => left != right,
        "-lt" => left < right,
        "-le" => left <= right,
        "-gt" => left > right,
        "-ge" => left >= right,
        _ => null,
    };

    private static bool TryGetStatus(Process process, string path, bool follow, out FileStatus status) =>
        process.Kernel.Files.GetStatus(process.Paths, path, follow, out status) == Errno.None;

    private static long ParseInteger(ShellInterpreter shell, string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim(" \t\n\r\v\f");
        if (!digits.IsEmpty && long.TryParse(digits, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number))
            return number;
        throw new ShellExpansionException(shell.IsBash || shell.Flavor == ShellFlavor.Ash ? $"{text}: integer expression expected" : $"Illegal number: {text}", 2);
    }

    private static bool IsSet(ShellInterpreter shell, string name)
    {
        int bracket = name.IndexOf('[');
        if (bracket > 0 && name.EndsWith(']'))
        {
            string subscript = name[(bracket + 1)..^1];
            string array = name[..bracket];
            if (subscript is "@" or "*" && shell.Variables.Find(array) is var whole && (whole is null || (whole.Attributes & VariableAttributes.Associative) == 0))
                return whole is { IsSet: true } && (shell.Variables.GetIndexed(whole)?.Count ?? 1) > 0;
            return shell.Variables.GetElement(array, subscript) is not null;
        }

        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
            return int.TryParse(name, out int number) && (number == 0 || number <= shell.Positional.Length);
        return Variables.VariableTable.IsValidName(name) && shell.Variables.Get(name) is not null;
    }
}
