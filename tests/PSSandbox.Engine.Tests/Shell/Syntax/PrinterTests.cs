using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class PrinterTests
{
    [Fact]
    public void RandomTreesComeBackFromTheirSource()
    {
        Prop.ForAll<int>(seed =>
        {
            Script script = new RandomTree(seed).MakeScript((seed & int.MaxValue) % 5);
            CheckTree(script, $"seed {seed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20241017UL, 7UL));
    }

    [Fact]
    public void ValidScriptsComeBack()
    {
        foreach (string source in ValidScripts.Bash.Concat(ValidScripts.Extended))
        {
            CheckTree(ShellParser.Parse(source, ShellParserOptions.Bash), source);
        }
    }

    [Fact]
    public void ScriptsOfTheRepositoryComeBack()
    {
        string[] files = Directory.GetFiles(Path.Combine(TestPaths.Repository, "tests", "scripts"), "*.sh");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            CheckTree(ShellParser.Parse(Read(file), ShellParserOptions.Bash), file);
        }
    }

    [Fact]
    public void ScriptsOfTheMachineAreAcceptedAsByBashAndComeBack()
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        int count = 0;
        foreach (string file in FindScripts())
        {
            Script script;
            string source = Read(file);
            try
            {
                script = ShellParser.Parse(source, ShellParserOptions.Bash);
            }
            catch (ShellSyntaxException exception)
            {
                Assert.False(Tools.Run("bash", ["-n", file]).Status == 0, $"{file}:{exception.Line}:{exception.Column}: {exception.Message}");
                continue;
            }

            CheckTree(script, file);
            count++;
        }

        Assert.SkipWhen(count == 0, "needs shell scripts under /usr or /etc");
    }

    [Theory]
    [InlineData("f() { echo a 2>&1 >b; }")]
    [InlineData("f() { if a; then b; else c; fi; while d; do e; done; }")]
    [InlineData("f() { for i in 1 2; do echo $i; done; until a; do b; done; }")]
    [InlineData("f() { case $x in a|b) c; d;; *) e; esac; }")]
    [InlineData("f() { a && b || c; d | e; ! g; (h; i); { j; k; } >l; }")]
    [InlineData("f() { [[ -f $a && ( $b == c || $d =~ e ) ]]; ((i++)); for ((i=0;i<3;i++)); do a; done; }")]
    [InlineData("f() { a=1 b=(x y) c+=2 cmd \"d $e\" 'f' $'g\\n' ${h:-i} $(j; k) <(l); } 2>m")]
    [InlineData("f() { a & b; select i in x; do c; done; }")]
    [InlineData("f() ( a )")]
    [InlineData("f() { a 1>&2; a >&2; a <&3 0<&4 5<&6 7>&-; a >&$x 2>&$y; a >x 1>y 2>z 1>>w <v 0<u <>t 3<>s 0<<<r; a >&q &>p &>>o >|n 2>|m {fd}>l; }")]
    [InlineData("f() { [[ a ]]; [[ ! $b && -n c || d ]]; [[ ( e ) ]]; for i; do a; done; for i in; do b; done; select j; do c; done; }")]
    public void FunctionsLookAsInBash(string source)
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        string expected = Tools.Run("bash", ["-c", source + "\ndeclare -f f"]).Output;

        // Bash writes out what an escape in $'…' stands for.
        expected = expected.Replace("'g\n'", "$'g\\n'");
        Assert.Equal(expected, ShellPrinter.Print(GrammarTests.First<FunctionDefinition>(source)));
    }

    [Fact]
    public void OneLineStaysOneLine()
    {
        const string Source = "if a; then for i in 1 2; do { b; c; } > d; done; else case x in y) z ;; esac; fi";
        string printed = ShellPrinter.PrintInline(GrammarTests.First<IfCommand>(Source));
        Assert.DoesNotContain('\n', printed);
        Assert.Equal(SyntaxDump.Of(ShellParser.Parse(Source, ShellParserOptions.Bash)), SyntaxDump.Of(ShellParser.Parse(printed, ShellParserOptions.Bash)));
    }

    private static void CheckTree(Script script, string name)
    {
        string printed = ShellPrinter.Print(script);
        Script again;
        try
        {
            again = ShellParser.Parse(printed, ShellParserOptions.Bash);
        }
        catch (ShellSyntaxException exception)
        {
            throw new InvalidOperationException($"{name}: line {exception.Line}, column {exception.Column}: {exception.Message}\n{printed}", exception);
        }

        string expected = SyntaxDump.Of(script);
        string actual = SyntaxDump.Of(again);
        if (expected != actual)
        {
            int i = 0;
            while (i < Math.Min(expected.Length, actual.Length) && expected[i] == actual[i])
            {
                i++;
            }

            int start = Math.Max(0, i - 150);
            Assert.Fail($"{name}:\n{printed}\nexpected …{expected[start..Math.Min(expected.Length, i + 150)]}\nactual   …{actual[start..Math.Min(actual.Length, i + 150)]}");
        }
    }

    private static string Read(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file));

    private static IEnumerable<string> FindScripts()
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string folder in new[] { "/usr/bin", "/usr/sbin", "/etc", "/usr/share", "/usr/lib/git-core" })
        {
            if (!Directory.Exists(folder))
            {
                continue;
            }

            bool isPrograms = folder.EndsWith("bin", StringComparison.Ordinal);
            foreach (string file in Directory.EnumerateFiles(folder, isPrograms ? "*" : "*.sh", options))
            {
                if (new FileInfo(file).Length < 2_000_000 && IsShellScript(file))
                {
                    yield return file;
                }
            }
        }
    }

    private static bool IsShellScript(string file)
    {
        try
        {
            using StreamReader reader = new(file, Encoding.Latin1);
            char[] start = new char[64];
            int length = reader.Read(start);
            string line = new string(start, 0, length).Split('\n')[0];
            return line.StartsWith("#!", StringComparison.Ordinal) && line.Split('/', ' ')[^1] is "sh" or "bash" or "dash" || line is "#!/bin/sh -e" or "#! /bin/sh -e";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
