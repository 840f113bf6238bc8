using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>test and [: one primary or none, and its negation.</summary>
internal static class TestApplet
{
    // Those on which all agree: not what BusyBox tells by a file's mode alone, nor times, whose fractions it leaves out.
    private const string FileOperators = "bcdefhLprsS";

    /// <summary>Runs it.</summary>
    public static int? Run(Process process)
    {
        ReadOnlySpan<string> arguments = process.Arguments;
        if (arguments[0].EndsWith('['))
        {
            if (arguments[^1] != "]")
                return null;
            arguments = arguments[..^1];
        }

        arguments = arguments[Math.Min(1, arguments.Length)..];
        if (arguments.Length > 4 || !AppletOutput.IsSmall(arguments))
            return null;
        return Evaluate(process, arguments) switch { true => 0, false => 1, null => null };
    }

    private static bool? Evaluate(Process process, ReadOnlySpan<string> arguments) => arguments.Length switch
    {
        0 => false,
        1 => arguments[0].Length > 0,
        3 when TestOperators.IsBinary(arguments[1]) => Binary(arguments[0], arguments[1], arguments[2]),
        2 when arguments[0] != "!" => Unary(process, arguments[0], arguments[1]),
        _ when arguments[0] == "!" => !Evaluate(process, arguments[1..]),
        _ => null,
    };

    private static bool? Unary(Process process, string op, string operand)
    {
        if (op.Length != 2 || op[0] != '-')
            return null;
        return op[1] switch
        {
            'n' => operand.Length > 0,
            'z' => operand.Length == 0,
            char letter when FileOperators.Contains(letter, StringComparison.Ordinal) => TestOperators.File(process, letter, operand),
            _ => null,
        };
    }

    private static bool? Binary(string left, string op, string right)
    {
        if (op is "=" or "==")
            return left == right;
        if (op == "!=")
            return left != right;
        if (!IntegerText.TryParsePlain(left, out long a) || !IntegerText.TryParsePlain(right, out long b))
            return null;
        return TestOperators.Compare(op, a, b);
    }
}
