using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>kill: sends signals to processes by their numbers.</summary>
internal static class KillCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("kill", "/bin", "[-l] [-SIG] PID...", Main);

    /// <summary>
    /// Takes a signal off the front of arguments: <c>-9</c>, <c>-TERM</c>, <c>-s TERM</c>, <c>--signal TERM</c>. False, having said so, for a bad one.
    /// </summary>
    public static bool TryTakeSignal(CommandContext context, ref ReadOnlySpan<string> arguments, ref Signal signal)
    {
        if (arguments.IsEmpty || arguments[0].Length < 2 || arguments[0][0] != '-')
            return true;
        string name = arguments[0][1..];
        if (name == "-")
        {
            arguments = arguments[1..];
            return true;
        }

        int used = 1;
        if (name is "s" or "n" or "-signal")
        {
            if (arguments.Length < 2)
            {
                context.Usage();
                return false;
            }

            name = arguments[1];
            used = 2;
        }
        else if (name.StartsWith("-signal=", StringComparison.Ordinal))
        {
            name = name[8..];
        }

        if (!Signals.TryParse(name, out signal))
        {
            context.Error($"bad signal name '{name}'");
            return false;
        }

        arguments = arguments[used..];
        return true;
    }

    /// <summary>Lists signals: all, or the names and numbers of those given.</summary>
    public static int List(CommandContext context, ReadOnlySpan<string> wanted)
    {
        if (wanted.IsEmpty)
        {
            for (int i = 1; i < 32; i++)
                context.Out.WriteLine($"{i,2}) {Signals.Name((Signal)i)}");
            return 0;
        }

        foreach (string text in wanted)
        {
            // An exit status of a process ended by a signal names it too.
            bool number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
            if (number && value > 128)
                value -= 128;
            if (!Signals.TryParse(number ? $"{value}" : text, out Signal signal))
            {
                context.Error($"unknown signal '{text}'");
                return 1;
            }

            context.Out.WriteLine(number ? Signals.Name(signal) : $"{(int)signal}");
        }

        return 0;
    }

    private static int Main(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        if (!arguments.IsEmpty && arguments[0] is "-l" or "-L")
            return List(context, arguments[1..]);
        Signal signal = Signal.TERM;
        if (!TryTakeSignal(context, ref arguments, ref signal))
            return 1;
        if (!arguments.IsEmpty && arguments[0] == "--")
            arguments = arguments[1..];
        if (arguments.IsEmpty)
        {
            context.Error("you need to specify whom to kill");
            return 1;
        }

        int status = 0;
        foreach (string text in arguments)
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int pid))
            {
                context.Error($"invalid number '{text}'");
                status = 1;
                continue;
            }

            Errno error = context.Kernel.Kill(context.Process, pid, signal);
            if (error != Errno.None)
            {
                context.Error($"can't kill pid {pid}: {error.Message()}");
                status = 1;
            }
        }

        if (context.Process.Attention)
            context.Process.CheckSignals();
        return status;
    }
}
