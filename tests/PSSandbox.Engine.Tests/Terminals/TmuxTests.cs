using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PSSandbox.Tests.Terminals;

/// <summary>
/// The console's <c>repl</c> on a real pseudo-terminal, by tmux: keys are sent, and the screen is looked at until it shows what
/// is expected.
/// </summary>
public sealed class TmuxTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _socket = "pssandbox-" + Guid.NewGuid().ToString("N")[..8];
    private bool _started;

    [Fact]
    public void Commands_history_and_completion()
    {
        Start();
        Type("echo $((6*7)) in $PWD", "Enter");
        Expect("^42 in /root$");
        Type("Up", "Enter");
        Expect("^42 in /root\n[^\n]*\n42 in /root$");
        Type("cat /etc/hostn", "Tab");
        Expect("cat /etc/hostname$");
        Type("Enter");
        Expect("^sandbox$");
        Type("printf 'multi", "Enter");
        Expect("^>");
        Type("line\\n'", "Enter");
        Expect("^multi\nline$");
        Type("C-r", "in $P", "Enter");
        Expect("(42 in /root\n(.|\n)*){3}");
        Type("history 2", "Enter");
        Expect("^ +[0-9]+  echo .*\n +[0-9]+  history 2$");
        Type("echo wäre 界", "Left", "x", "Enter");
        Expect("^wäre x界\n[^\n]*#$");
        Type("C-d");
        Expect("exit\nSTATUS=0");
    }

    [Fact]
    public void The_keys_of_job_control()
    {
        Start();
        Type("echo ready; cat", "Enter");
        Expect("^ready$");
        Type("back", "Enter");
        Expect("^back\nback$");
        Type("C-z");
        Expect(@"^\[1\]\+  Stopped +cat$");
        Type("jobs; echo listed", "Enter");
        Expect("Stopped +cat\nlisted$");
        Type("fg", "Enter");
        Expect("fg\ncat$");
        Type("again", "Enter");
        Expect("^again\nagain$");
        Type("C-c");
        Type("echo status $?", "Enter");
        Expect("^status 130$");
        Type("echo looping; while :; do :; done", "Enter");
        Expect("^looping$");
        Type("C-c");
        Type("echo loop $?", "Enter");
        Expect("^loop 130$");
        Type("sh -c 'echo begun; exec sleep 1000'", "Enter");
        Expect("^begun$");
        Type("C-z");
        Expect("Stopped +sh -c");
        Type("bg; kill %%; wait; echo ended", "Enter");
        Expect("^ended$");
        Type("abandoned", "C-c", "exit 3", "Enter");
        Expect("STATUS=3");
    }

    [Fact]
    public void Completion_keys_and_history_of_the_users_own()
    {
        Start();
        Type("complete -W 'alpha beta gamma' greet; greet() { echo \"hello $*\"; }", "Enter");
        Type("greet al", "Tab", "b", "Tab", "Enter");
        Expect("^hello alpha beta$");
        Type("_add() { COMPREPLY=($(compgen -W \"${COMP_WORDS[*]:0:COMP_CWORD}\" -S _$COMP_CWORD -- \"$2\")); }; complete -F _add -o nospace add", "Enter");
        Type("echo ready", "Enter");
        Expect("^ready$");
        Type("add one o", "Tab", "C-a", "echo ", "Enter");
        Expect("^add one one_2$");
        Type(@"bind '""\C-g"": ""echo from a key\n""'", "Enter");
        Type("C-g");
        Expect("^from a key$");
        Type(@"bind -x '""\C-t"": READLINE_LINE=""echo [$READLINE_LINE]""; READLINE_POINT=99'", "Enter");
        Type("some words", "C-t", "Enter");
        Expect(@"^\[some words\]$");
        Type("fc -s words=times some", "Enter");
        Type("fc -s words=times 'echo [some'", "Enter");
        Expect(@"^\[some times\]$");
        Type("FCEDIT='sed -i s/times/people/' fc; exit", "Enter");
        Expect("^\\[some people\\](.|\n)*STATUS=");
    }

    [Fact]
    public void A_background_program_that_uses_the_terminal_is_stopped()
    {
        Start();
        Type("cat &", "Enter");
        Type("until [[ $(jobs) == *Stopped* ]]; do sleep 0.1; done; jobs; echo listed", "Enter");
        Expect(@"^\[1\]\+  Stopped +cat\nlisted$");
        Type("fg", "Enter");
        Expect("fg\ncat$");
        Type("again", "Enter");
        Expect("^again\nagain$");
        Type("C-d");
        Type("(sleep 0.2; echo free) & wait; echo waited", "Enter");
        Expect("^free\n(.*\n)?waited$");
        Type("stty tostop; (sleep 0.1; echo out) & until [[ $(jobs) == *Stopped* ]]; do sleep 0.1; done; jobs", "Enter");
        Expect(@"Stopped +\( *sleep 0.1");
        Type("fg", "Enter");
        Expect("^out$");
        Type("stty -tostop; exit", "Enter");
        Expect("STATUS=");
    }

    [Fact]
    public void Programs_that_use_the_whole_window()
    {
        Start();
        Type("vi /tmp/note", "Enter");
        Expect("^~$");
        Type("i", "first", "Enter", "second");
        Expect("^second$");
        Type("Escape");
        Expect(@"^- /tmp/note");
        Type(":wq", "Enter");
        Expect("#$");
        Type("clear; wc -l /tmp/note", "Enter");
        Expect("^2 /tmp/note$");
        Type("seq 200 > /tmp/numbers; less /tmp/numbers", "Enter");
        Expect("^20$");
        Type("G");
        Expect("^200$");
        Type("q", "clear; top", "Enter");
        Expect("PID +PPID(.|\n)*bash -i");
        Type("q", "clear; watch -n 1 echo watched", "Enter");
        Expect("^watched$");
        Type("C-c", "clear; stty size", "Enter");
        Expect("^24 80$");
        Tmux("resize-window", "-t", "s", "-x", "60", "-y", "20");
        Type("until [ \"$(stty size)\" = '20 60' ]; do sleep 0.1; done; echo resized", "Enter");
        Expect("^resized$");
        Type("echo $LINES rows", "Enter");
        Expect("^20 rows$");
        Type("exit", "Enter");
        Expect("STATUS=0");
    }

    public void Dispose()
    {
        if (_started)
            Tmux("kill-server");
    }

    private void Start()
    {
        if (!TestPaths.OnPath("tmux"))
            Assert.Skip("needs tmux");
        string program = TestPaths.ConsoleProgram;
        Tmux("-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", "80", "-y", "24", $"LC_ALL=C.UTF-8 '{program}' repl; echo STATUS=$?; sleep 600");
        _started = true;
        Expect("#$");
    }

    /// <summary>Sends keys: names of tmux, or text.</summary>
    private void Type(params string[] keys)
    {
        foreach (string key in keys)
        {
            bool named = key is "Enter" or "Tab" or "Up" or "Left" or "Escape" || key.StartsWith("C-", StringComparison.Ordinal);
            Tmux(named ? ["send-keys", "-t", "s", key] : ["send-keys", "-t", "s", "-l", "--", key]);
        }
    }

    private void Expect(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.Multiline);
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        string screen;
        do
        {
            screen = Tmux("capture-pane", "-p", "-t", "s").TrimEnd('\n');
            if (regex.IsMatch(screen))
                return;
            Thread.Sleep(50);
        }
        while (Environment.TickCount64 < end);
        Assert.Fail($"The screen never matched {pattern}:\n{screen}");
    }

    private string Tmux(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-L", _socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || arguments[0] == "kill-server", errors.Result);
        return output;
    }
}
