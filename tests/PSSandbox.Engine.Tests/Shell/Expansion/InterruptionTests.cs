using System.Text;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;
using PSSandbox.Tests.Processes;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>Whatever is large is left when the process was killed.</summary>
public sealed class InterruptionTests
{
    private const int Large = 3 << 20;

    private static readonly Dictionary<string, Action<ExpansionShell>> Work = new()
    {
        ["equality"] = shell => LargeText.Equals(Text('a'), Text('a'), shell),
        ["order"] = shell => LargeText.Compare(Text('a'), Text('a'), shell),
        ["search"] = shell => LargeText.IndexOf(Text('a'), "b", shell),
        ["search for what is long"] = shell => LargeText.IndexOf(Text('a'), Text('a')[..(Large / 2)] + "b", shell),
        ["search from the end"] = shell => LargeText.LastIndexOf(Text('a'), "b", shell),
        ["join"] = shell => LargeText.Join(" ", System.Array.ConvertAll(new int[10_000], static _ => "a"), shell),
        ["NUL characters"] = shell => LargeText.WithoutNulls(Text('\0'), shell),
        ["bytes"] = shell => LargeText.FromBytes(new byte[Large], shell),
        ["characters"] = shell => Characters.Count(Text('\u00c3'), true, shell),
        ["a place of characters"] = shell => Characters.OffsetOf(Text('\u00c3'), Large, true, shell),
        ["escapes"] = shell => Escapes.Decode(Text('\\'), Escapes.Style.Echo, out _, shell),
        ["quotes if needed"] = shell => Quoting.IfNeeded(Text('a'), shell),
        ["double quotes"] = shell => Quoting.Double(Text('$'), shell),
        ["a key"] = shell => Quoting.Key(Text('a'), shell),
        ["a format"] = shell => PrintfFormat.Get(Text('a'), shell),
        ["many arguments"] = shell => Printf("%.0s", new string[10_000], shell),
        ["many digits"] = shell => Printf("%.3000000f", ["1"], shell),
        ["one of many formats"] = shell => Printf("%.17000g", ["1"], shell),
        ["a pattern"] = shell => Pattern.Get(Text('?'), PatternOptions.None, shell),
        ["a pattern of brackets"] = shell => Pattern.Get(Text('[') + "]", PatternOptions.None, shell),
        ["an extended pattern"] = shell => Pattern.Get(Text('(') + "]", PatternOptions.Extended, shell),
        ["a match"] = shell => Pattern.Get("*b*", PatternOptions.None).IsMatch(Text('a'), shell),
        ["a match of single characters"] = shell => Pattern.Get("*[bc]", PatternOptions.Extended).MatchSuffix(Text('a'), true, shell),
        ["an expression"] = shell => Regex.Get(Text('a'), RegexOptions.None, shell),
        ["a match of an expression"] = shell => Regex.Get("x.*y", RegexOptions.None).Match(Text('a'), 0, shell),
        ["arithmetic"] = shell => shell.Expander.Evaluate(string.Concat(Enumerable.Repeat("1+", 100_000)) + "1"),
        ["subscripts"] = shell => shell.Expander.Evaluate(string.Concat(Enumerable.Repeat("a[", 100_000))),
        ["a list of elements"] = shell => Transformations.DescribeAll(shell, Array(shell), 'K'),
        ["a declaration of elements"] = shell => Transformations.Elements(shell, Array(shell)),
        ["an addition to a value"] = shell => shell.Variables.Assign("v", Text('a'), append: true),
    };

    public static TheoryData<string> Names => [.. Work.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kill_ends(string work)
    {
        var fixture = new KernelFixture();
        WaitStatus status = fixture.Run(process =>
        {
            var shell = new ExpansionShell(process: process);
            shell.Variables.Assign("v", Text('a'));
            _ = Array(shell);
            process.Deliver(Signal.KILL);
            Work[work](shell);
            return 0;
        });
        Assert.Equal(WaitStatus.ForSignal(Signal.KILL), status);
        Assert.Equal(0, fixture.Kernel.Memory.Used);
    }

    [Fact]
    public void An_expression_of_too_many_parts_is_refused()
    {
        var error = Assert.Throws<ShellExpansionException>(() => Regex.Get(Text('.'), RegexOptions.None));
        Assert.EndsWith("Regular expression too big", error.Message, StringComparison.Ordinal);
    }

    private static string Text(char c) => new(c, Large);

    private static void Printf(string format, string[] arguments, ExpansionShell shell)
    {
        var context = new PrintfContext { Error = static _ => { }, Now = static () => 0, Host = shell };
        PrintfWriter.Write(PrintfFormat.Get(format), arguments, new StringBuilder(), context);
    }

    private static Variable Array(ExpansionShell shell)
    {
        if (shell.Variables.Find("array") is { } made)
            return made;
        shell.Variables.AssignArray("array", new IndexedArray(System.Array.ConvertAll(new int[10_000], static _ => "a")));
        return shell.Variables.Find("array")!;
    }
}
