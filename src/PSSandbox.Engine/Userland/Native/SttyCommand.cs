using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>stty: shows and changes the modes of standard input's terminal.</summary>
internal static class SttyCommand
{
    private const int TermiosSize = 60;
    private const int ControlOffset = 17;

    // Offsets of the four flag words of struct termios.
    private const int Input = 0, Output = 4, Control = 8, Local = 12;

    private static readonly (string Name, int Word, uint Bit)[] Modes =
    [
        ("ignbrk", Input, 0x1), ("brkint", Input, 0x2), ("ignpar", Input, 0x4), ("inlcr", Input, 0x40), ("igncr", Input, 0x80),
        ("icrnl", Input, 0x100), ("ixon", Input, 0x400), ("ixany", Input, 0x800), ("ixoff", Input, 0x1000), ("iutf8", Input, 0x4000),
        ("opost", Output, 0x1), ("onlcr", Output, 0x4), ("ocrnl", Output, 0x8),
        ("isig", Local, 0x1), ("icanon", Local, 0x2), ("echo", Local, 0x8), ("echoe", Local, 0x10), ("echok", Local, 0x20),
        ("echonl", Local, 0x40), ("noflsh", Local, 0x80), ("tostop", Local, 0x100), ("echoctl", Local, 0x200), ("iexten", Local, 0x8000),
    ];

    private static readonly (string Name, int Index, byte Default)[] Characters =
    [
        ("intr", 0, 3), ("quit", 1, 28), ("erase", 2, 127), ("kill", 3, 21), ("eof", 4, 4), ("start", 8, 17), ("stop", 9, 19), ("susp", 10, 26),
    ];

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("stty", "/bin", "[-a|g] [-F DEVICE] [SETTING]...", Main);

    private static int Main(CommandContext context)
    {
        if (context.Process.Descriptors[0]?.Terminal is not { } terminal)
        {
            context.Error("standard input: Inappropriate ioctl for device");
            return 1;
        }

        Span<byte> termios = stackalloc byte[TermiosSize];
        terminal.GetAttributes(termios);
        ReadOnlySpan<string> arguments = context.Arguments;
        if (arguments.IsEmpty || arguments is ["-a"] or ["--all"])
        {
            Show(context, terminal, termios, all: !arguments.IsEmpty);
            return 0;
        }

        if (arguments is ["-g"] or ["--save"])
        {
            context.Out.WriteLine(Convert.ToHexStringLower(termios));
            return 0;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            if (arguments[i] == "size")
            {
                context.Out.WriteLine($"{terminal.Size.Rows} {terminal.Size.Columns}");
            }
            else if (TakesValue(arguments[i]))
            {
                if (!TrySetValue(terminal, termios, arguments[i], value))
                    return Invalid(context, $"{arguments[i]} {value}");
                i++;
            }
            else if (!TrySet(termios, arguments[i]))
            {
                return Invalid(context, arguments[i]);
            }
        }

        Errno error = context.Process.AwaitForeground(terminal, reads: false);
        if (error == Errno.None)
            error = terminal.SetAttributes(termios);
        if (error == Errno.None)
            return 0;
        context.Error($"standard input: {error.Message()}");
        return 1;
    }

    private static int Invalid(CommandContext context, string argument)
    {
        context.Error($"invalid argument '{argument}'");
        return 1;
    }

    private static bool TakesValue(string name) =>
        name is "rows" or "cols" or "columns" or "min" or "time" || Array.Exists(Characters, c => c.Name == name);

    private static bool TrySetValue(Terminal terminal, Span<byte> termios, string name, string value)
    {
        int index = Array.FindIndex(Characters, c => c.Name == name);
        if (index >= 0)
        {
            byte? character = value switch
            {
                "^-" or "undef" => 0,
                ['^', '?'] => 127,
                ['^', var letter] => (byte)(letter & 0x1f),
                [var single] => (byte)single,
                _ => null,
            };
            if (character is null)
                return false;
            termios[ControlOffset + Characters[index].Index] = character.Value;
            return true;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > ushort.MaxValue)
            return false;
        switch (name)
        {
            case "rows":
                terminal.Size = terminal.Size with { Rows = number };
                break;
            case "cols" or "columns":
                terminal.Size = terminal.Size with { Columns = number };
                break;
            default:
                termios[ControlOffset + (name == "time" ? 5 : 6)] = (byte)Math.Min(number, 255);
                break;
        }

        return true;
    }

    private static bool TrySet(Span<byte> termios, string setting)
    {
        bool on = !setting.StartsWith('-');
        string name = on ? setting : setting[1..];
        switch (name)
        {
            case "sane" when on:
                SetAll(termios, on: true, "brkint", "icrnl", "ixon", "opost", "onlcr", "isig", "icanon", "echo", "echoe", "echok", "echoctl", "iexten");
                SetAll(termios, on: false, "ignbrk", "inlcr", "igncr", "ixoff", "ocrnl", "echonl", "noflsh", "tostop");
                foreach ((_, int index, byte value) in Characters)
                    termios[ControlOffset + index] = value;
                return true;
            case "raw":
                bool raw = on;
                SetAll(termios, on: !raw, "brkint", "icrnl", "ixon", "opost", "isig", "icanon");
                return true;
            case "cooked":
                SetAll(termios, on, "brkint", "icrnl", "ixon", "opost", "isig", "icanon");
                return true;
            case "cbreak":
                SetAll(termios, on: !on, "icanon");
                return true;
            case "nl":
                SetAll(termios, on: !on, "icrnl", "onlcr");
                return true;
        }

        if (setting.Length == 2 * TermiosSize && setting.All(char.IsAsciiHexDigit))
        {
            Convert.FromHexString(setting).CopyTo(termios);
            return true;
        }

        if (!Array.Exists(Modes, m => m.Name == name))
            return false;
        SetAll(termios, on, name);
        return true;
    }

    private static void SetAll(Span<byte> termios, bool on, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            (_, int word, uint bit) = Array.Find(Modes, m => m.Name == name);
            uint flags = BinaryPrimitives.ReadUInt32LittleEndian(termios[word..]);
            BinaryPrimitives.WriteUInt32LittleEndian(termios[word..], on ? flags | bit : flags & ~bit);
        }
    }

    private static void Show(CommandContext context, Terminal terminal, ReadOnlySpan<byte> termios, bool all)
    {
        context.Out.Write("speed 38400 baud;");
        if (all)
        {
            context.Out.WriteLine($" rows {terminal.Size.Rows}; columns {terminal.Size.Columns};");
            var characters = new StringBuilder();
            foreach ((string name, int index, _) in Characters)
                characters.Append(CultureInfo.InvariantCulture, $"{name} = {Visible(termios[ControlOffset + index])}; ");
            context.Out.Write(characters.ToString().TrimEnd());
        }

        context.Out.WriteLine("");
        var line = new StringBuilder();
        foreach ((string name, int word, uint bit) in Modes)
        {
            bool on = (BinaryPrimitives.ReadUInt32LittleEndian(termios[word..]) & bit) != 0;
            bool usual = name is "brkint" or "icrnl" or "ixon" or "opost" or "onlcr" or "isig" or "icanon" or "echo" or "echoe" or "echok" or "echoctl" or "iexten";
            if (all || on != usual)
                line.Append(on ? "" : "-").Append(name).Append(' ');
        }

        if (line.Length > 0)
            context.Out.WriteLine(line.ToString().TrimEnd());
    }

    private static string Visible(byte character) => character switch
    {
        0 => "<undef>",
        127 => "^?",
        < 32 => $"^{(char)(character + 64)}",
        _ => $"{(char)character}",
    };
}
