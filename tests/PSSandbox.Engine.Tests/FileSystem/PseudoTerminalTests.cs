using System.Buffers.Binary;
using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class PseudoTerminalTests
{
    private readonly StringBuilder _screen = new();
    private readonly List<(int Group, int Signal)> _signals = [];
    private readonly PseudoTerminal _terminal;
    private readonly OpenFile _file;

    public PseudoTerminalTests()
    {
        _terminal = new PseudoTerminal(bytes => _screen.Append(Encoding.Latin1.GetString(bytes.Span)))
        {
            ForegroundGroup = 7,
            SendSignal = (group, signal) => _signals.Add((group, signal)),
        };
        _file = _terminal.Open(OpenFlags.ReadWrite | OpenFlags.NonBlocking);
    }

    [Theory]
    [InlineData("line\r", "line\n", "line\r\n")]
    [InlineData("ab\x7f" + "c\r", "ac\n", "ab\b \bc\r\n")]
    [InlineData("wrong\x15right\r", "right\n", "wrong\b \b\b \b\b \b\b \b\b \bright\r\n")]
    [InlineData("two words\x17" + "x\r", "two x\n", "two words\b \b\b \b\b \b\b \b\b \bx\r\n")]
    [InlineData("part\x04", "part", "part")]
    [InlineData("\x01\r", "\x01\n", "^A\r\n")]
    public void A_line_is_edited_and_echoed(string typed, string read, string shown)
    {
        _terminal.Type(Encoding.Latin1.GetBytes(typed));
        Assert.Equal((read, shown), (Read(100), _screen.ToString()));
    }

    [Fact]
    public void An_unfinished_line_is_not_read_yet()
    {
        _terminal.Type("unfinished"u8);
        Assert.Equal(Errno.EAGAIN, _file.Read(new byte[10], null, out _));
        Assert.Equal(PollEvents.Writable, _file.Poll());
        _terminal.Type("\r"u8);
        Assert.Equal(PollEvents.Writable | PollEvents.Readable, _file.Poll());
    }

    [Fact]
    public void Lines_are_read_one_by_one_and_in_parts()
    {
        _terminal.Type("one\rtwo\r"u8);
        Assert.Equal("on", Read(2));
        Assert.Equal("e\n", Read(100));
        Assert.Equal("two\n", Read(100));
    }

    [Fact]
    public void The_end_of_file_is_read_once()
    {
        _terminal.Type("\x04x\r"u8);
        Assert.Equal("", Read(100));
        Assert.Equal("x\n", Read(100));
    }

    [Theory]
    [InlineData(3, 2, "^C")]
    [InlineData(26, 20, "^Z")]
    [InlineData(28, 3, "^\\")]
    public void Keys_send_signals_and_discard_what_was_typed(byte key, int signal, string shown)
    {
        _terminal.Type([(byte)'a', key, (byte)'b', (byte)'\r']);
        Assert.Equal((7, signal), Assert.Single(_signals));
        Assert.Equal("b\n", Read(100));
        Assert.StartsWith("a" + shown, _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_mode_gives_every_byte_at_once()
    {
        byte[] modes = new byte[TerminalModes.Length];
        _terminal.GetAttributes(modes);
        BinaryPrimitives.WriteUInt32LittleEndian(modes.AsSpan(12), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(modes, 0);
        Assert.Equal(Errno.None, _terminal.SetAttributes(modes));
        _terminal.Type([3, 13, 27, (byte)'[', (byte)'A']);
        Assert.Equal("\x03\r\x1b[A", Read(100));
        Assert.Equal("", _screen.ToString());
        Assert.Empty(_signals);
        Assert.Equal(Errno.EINVAL, _terminal.SetAttributes(new byte[10]));
    }

    [Fact]
    public void What_programs_write_is_shown_with_carriage_returns()
    {
        Assert.Equal(Errno.None, _file.Write("a\nb\n"u8, null, out int count));
        Assert.Equal((4, "a\r\nb\r\n"), (count, _screen.ToString()));
    }

    [Fact]
    public void Resizing_and_hanging_up_tell_the_foreground_group()
    {
        _terminal.Resize(50, 132);
        Assert.Equal((50, 132), _terminal.Size);
        _terminal.HangUp();
        Assert.Equal([(7, 28), (7, 1)], _signals);
        Assert.Equal("", Read(10));
        Assert.Equal(Errno.EIO, _file.Write("x"u8, null, out _));
    }

    [Fact]
    public void A_line_without_end_is_bounded()
    {
        _terminal.Type(new byte[100_000].Select(_ => (byte)'x').ToArray());
        _terminal.Type("\r"u8);
        Assert.Equal(4096, Read(100_000).Length);
    }

    private string Read(int most)
    {
        byte[] buffer = new byte[most];
        Assert.Equal(Errno.None, _file.Read(buffer, null, out int count));
        return Encoding.Latin1.GetString(buffer, 0, count);
    }
}
