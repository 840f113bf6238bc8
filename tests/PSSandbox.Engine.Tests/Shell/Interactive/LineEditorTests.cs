using PSSandbox.Shell.Interactive;

namespace PSSandbox.Tests.Shell.Interactive;

/// <summary>Keys in, line and screen out.</summary>
public sealed class LineEditorTests
{
    private const string Up = "\x1b[A", Down = "\x1b[B", Right = "\x1b[C", Left = "\x1b[D", Home = "\x1b[H", End = "\x1bOF", Delete = "\x1b[3~";

    private readonly CommandHistory _history = new();

    [Theory]
    [InlineData("echo hi\r", "echo hi")]
    [InlineData("ac" + Left + "b\r", "abc")]
    [InlineData("bc" + Home + "a" + End + "d\r", "abcd")]
    [InlineData("bc\x01" + "a\x05" + "d\r", "abcd")]
    [InlineData("abc\x02\x02\x06X\r", "abXc")]
    [InlineData("abc\x7f\x7f\r", "a")]
    [InlineData("abc" + Left + Left + Delete + "\r", "ac")]
    [InlineData("abc\x01\x04\r", "bc")]
    [InlineData("one two\x01\x0b" + "x\r", "x")]
    [InlineData("one two\x15" + "three\x19\r", "threeone two")]
    [InlineData("one two\x17\x17\x19\r", "one two")]
    [InlineData("a-b c/d\x17\r", "a-b ")]
    [InlineData("one two\x1b\x7f\r", "one ")]
    [InlineData("one two three\x1b" + "b\x1b" + "bX\r", "one Xtwo three")]
    [InlineData("one two\x01\x1b" + "fX\r", "oneX two")]
    [InlineData("one two\x01\x1b" + "d\x05\x19\r", " twoone")]
    [InlineData("one two\x1b[1;5D\x1b[1;5DX\r", "Xone two")]
    [InlineData("ab\x14\r", "ba")]
    [InlineData("abc\x02\x14\r", "acb")]
    [InlineData("two words\x01\x1b" + "u\x1b" + "c\r", "TWO Words")]
    [InlineData("abc\x0b\x1f\r", "abc")]
    [InlineData("abc\x15\x1f\r", "abc")]
    [InlineData("a\x16\tb\r", "a\tb")]
    [InlineData("é€😀\x7f\r", "é€")]
    [InlineData("é€😀" + Left + Left + "x\r", "éx€😀")]
    [InlineData("e\u0301x" + Left + Left + "y\r", "ye\u0301x")]
    [InlineData("\x1b[15~\x1b[[Aab\r", "ab")]
    [InlineData("\x1b[200~one\ttwo\r\nthree\x1b[201~ four\r", "one\ttwo\nthree four")]
    [InlineData("a\x1b[200~\x1b[20x\x03\x1b[201~b\r", "a\x1b[20x\x03" + "b")]
    public void A_line_is_edited(string keys, string line) => Assert.Equal((EditOutcome.Accepted, line), Edit(keys, out _));

    [Theory]
    [InlineData("\"\\C-t\": kill-line", "one two\x01\x14x\r", "x")]
    [InlineData("\"\\C-k\": beginning-of-line", "abc\x0bX\r", "Xabc")]
    [InlineData("\"\\e[A\": history-search-backward", "echo an" + Up + "\r", "echo another")]
    [InlineData("\"\\e[A\": history-search-backward", "echo " + Up + Up + Up + "\r", "echo a third")]
    [InlineData("\"\\eOA\": history-search-backward", "l" + Up + "\r", "ls -l")]
    [InlineData("\"\\C-xd\": \"date\"", "\x18" + "d -u\r", "date -u")]
    [InlineData("\"\\C-xd\": \"date\\C-aX\"", "\x18" + "d\r", "Xdate")]
    [InlineData("\"\\C-xd\": kill-whole-line", "a\x18" + "bc\x18" + "dz\r", "z")]
    [InlineData("\"q\": \"qq\"", "q\r", "")]
    public void Keys_can_be_bound_to_something_else(string binding, string keys, string line)
    {
        foreach (string entry in (ReadOnlySpan<string>)["echo a third", "ls -l", "echo another", "echo a third"])
            _history.Add(entry);
        var bindings = new KeyBindings();
        int colon = binding.IndexOf("\":", StringComparison.Ordinal);
        string action = binding[(colon + 2)..].Trim();
        bindings.Set(KeySequence.Parse(binding[1..colon]), action[0] == '"'
            ? new KeyBinding(KeyBindingKind.Macro, KeySequence.Parse(action[1..^1]))
            : new KeyBinding(KeyBindingKind.Function, action));
        var editor = new LineEditor(new ScriptedTerminal(keys), _history, static _ => null) { Bindings = () => bindings };
        Assert.Equal(EditOutcome.Accepted, editor.Edit("$ ", out string edited));
        Assert.Equal(line, edited);
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        var terminal = new RawKeys([(byte)'a', 0xff, 0xc3, (byte)'b', (byte)'\r']);
        var editor = new LineEditor(terminal, _history, static _ => null);
        Assert.Equal(EditOutcome.Accepted, editor.Edit("", out string line));
        Assert.Equal("a\xff\xc3", line[..3]);
    }

    [Theory]
    [InlineData("abc\x03", "$ abc^C")]
    [InlineData("abc" + Left + "\x03", "$ abc^C")]
    public void Control_C_gives_the_line_up(string keys, string screen)
    {
        Assert.Equal((EditOutcome.Abandoned, ""), Edit(keys, out ScriptedTerminal terminal));
        Assert.Equal(screen, terminal.Screen);
        Assert.Equal((1, 0), terminal.Cursor);
    }

    [Fact]
    public void Control_D_ends_on_an_empty_line_only()
    {
        Assert.Equal((EditOutcome.EndOfInput, ""), Edit("\x04", out _));
        Assert.Equal((EditOutcome.Accepted, "ab"), Edit("ab\x04\r", out _));
    }

    [Theory]
    [InlineData(Up + "\r", "third")]
    [InlineData("\x10\x10\r", "second")]
    [InlineData(Up + Up + Down + "\r", "third")]
    [InlineData("new" + Up + Down + "er\r", "newer")]
    [InlineData(Up + "X" + Up + Down + "\r", "thirdX")]
    [InlineData(Up + Up + Up + Up + "\r", "first one")]
    [InlineData("\x1b<\r", "first one")]
    [InlineData("\x12se\r", "second")]
    [InlineData("\x12i\x12\r", "first one")]
    [InlineData("\x12i\x12\x13\r", "third")]
    [InlineData("typed\x12sec\x07\r", "typed")]
    [InlineData("\x12ir\x1b[D\x1b[CX\r", "thXird")]
    [InlineData("\x12zzz\x7f\x7f\x7fsec\r", "second")]
    [InlineData("x \x1b.\r", "x third")]
    public void What_was_typed_before_comes_back(string keys, string line)
    {
        foreach (string command in (string[])["first one", "second", "third"])
            _history.Add(command);
        Assert.Equal((EditOutcome.Accepted, line), Edit(keys, out _));
    }

    [Fact]
    public void Searching_shows_what_is_searched_for()
    {
        _history.Add("make all");
        string? screen = null;
        ScriptedTerminal terminal = null!;
        terminal = new ScriptedTerminal("\x12mak\r") { BeforeKey = i => screen = i == 4 ? terminal.Screen : screen };
        Edit(terminal, "$ ");
        Assert.Equal("(reverse-i-search)`mak': make all", screen);
        Assert.Equal("$ make all", terminal.Screen);
    }

    [Theory]
    [InlineData("0123456789abcdefghij", 10, "$ 01234567\n89abcdefgh\nij", 3)]
    [InlineData("01234567", 10, "$ 01234567", 2)]
    [InlineData("012345界x", 10, "$ 012345界\nx", 2)]
    [InlineData("0123456界x", 10, "$ 0123456\n界x", 2)]
    [InlineData("0123456789\x01X", 10, "$ X0123456\n789", 2)]
    [InlineData("0123456789abcdefghij\x15x", 10, "$ x", 1)]
    public void Long_lines_go_over_several_rows(string keys, int columns, string screen, int endRow)
    {
        var terminal = new ScriptedTerminal(keys + "\r", columns);
        Edit(terminal, "$ ");
        Assert.Equal(screen, terminal.Screen);
        Assert.Equal(endRow, terminal.Cursor.Row);
    }

    [Fact]
    public void The_cursor_stands_where_the_next_character_goes()
    {
        (int, int) cursor = default;
        ScriptedTerminal terminal = null!;
        terminal = new ScriptedTerminal("01234567890123\x02\x02\x02\x02\x02\r", 10) { BeforeKey = i => cursor = i == 19 ? terminal.Cursor : cursor };
        Edit(terminal, "$ ");
        Assert.Equal((1, 1), cursor);
    }

    [Fact]
    public void A_line_longer_than_the_window_shows_what_is_around_the_cursor()
    {
        string? screen = null;
        ScriptedTerminal terminal = null!;
        string keys = new string('a', 60) + "end";
        terminal = new ScriptedTerminal(keys + "\r", 10, 4) { BeforeKey = i => screen = i == keys.Length ? terminal.Screen : screen };
        Assert.Equal((EditOutcome.Accepted, keys), Edit(terminal, "$ "));
        Assert.EndsWith("aend", screen);
    }

    [Fact]
    public void A_prompt_may_have_colours_and_several_lines()
    {
        var terminal = new ScriptedTerminal("ls\r");
        Edit(terminal, "above\n\x1b[32mme\x1b[0m$ ");
        Assert.Equal("above\nme$ ls", terminal.Screen);
    }

    [Fact]
    public void Control_L_clears_the_window()
    {
        var terminal = new ScriptedTerminal("ab\x0c" + "c\r");
        terminal.Write("old\r\nolder\r\n");
        Edit(terminal, "$ ");
        Assert.Equal("$ abc", terminal.Screen);
    }

    [Fact]
    public void Tab_completes_what_is_alone_and_lists_several()
    {
        var terminal = new ScriptedTerminal("cat re\t\ta\t\r", 40);
        Completion? Complete(string line)
        {
            string word = line[4..];
            return new Completion(word.Length, [.. new[] { "read me", "readable" }.Where(n => n.StartsWith(word, StringComparison.Ordinal)).Select(n => new CompletionCandidate(n))]);
        }

        var editor = new LineEditor(terminal, _history, Complete);
        Assert.Equal(EditOutcome.Accepted, editor.Edit("$ ", out string line));
        Assert.Equal("cat readable ", line);
        Assert.Equal("$ cat read\nread me   readable\n$ cat readable", terminal.Screen);
    }

    private (EditOutcome, string) Edit(string keys, out ScriptedTerminal terminal) => Edit(terminal = new ScriptedTerminal(keys), "$ ");

    private (EditOutcome, string) Edit(ScriptedTerminal terminal, string prompt)
    {
        var editor = new LineEditor(terminal, _history, static _ => null);
        EditOutcome outcome = editor.Edit(prompt, out string line);
        return (outcome, ByteText.ToText(line));
    }

    private sealed class RawKeys(byte[] keys) : IEditorTerminal
    {
        private int _next;

        public (int Rows, int Columns) Size => (24, 80);

        public bool HasInput => _next < keys.Length;

        public int ReadByte() => _next < keys.Length ? keys[_next++] : IEditorTerminal.EndOfInput;

        public void Write(string bytes)
        {
        }
    }
}
