using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Variables;
using PSSandbox.Tests.Processes;
using PSSandbox.Tests.Shell.Expansion;

namespace PSSandbox.Tests.Shell.Variables;

public sealed class VariableTableTests
{
    private readonly ExpansionShell _shell = new();

    private VariableTable Table => _shell.Variables;

    [Fact]
    public void A_clone_and_its_original_change_apart()
    {
        Table.Assign("a", "1");
        Table.AssignElement("list", 2, "x");
        VariableTable clone = Table.Clone(_shell);
        clone.Assign("a", "2");
        clone.Assign("b", "new");
        clone.AssignElement("list", 3, "y");
        Table.AssignElement("list", 2, "z");
        Assert.Equal(("1", null), (Table.Get("a"), Table.Get("b")));
        Assert.Equal(("2", "new"), (clone.Get("a"), clone.Get("b")));
        Assert.Equal(("z", null), (Table.GetElement("list", "2"), Table.GetElement("list", "3")));
        Assert.Equal(("x", "y"), (clone.GetElement("list", "2"), clone.GetElement("list", "3")));
    }

    [Fact]
    public void Whoever_writes_first_the_others_keep_what_they_had()
    {
        Table.Assign("a", "1");
        VariableTable first = Table.Clone(_shell);
        VariableTable second = Table.Clone(_shell);
        Table.Assign("a", "changed");
        first.Unset("a");
        Assert.Equal("changed", Table.Get("a"));
        Assert.Null(first.Get("a"));
        Assert.Equal("1", second.Get("a"));
    }

    [Fact]
    public void What_a_clone_copied_is_not_changed_by_the_original_after_it_left()
    {
        Table.Assign("a", "1");
        VariableTable clone = Table.Clone(_shell);
        clone.Assign("other", "makes the clone copy");
        Table.Assign("a", "2");
        Assert.Equal("1", clone.Get("a"));
        clone.Release();
        Table.Assign("a", "3");
        Assert.Equal("3", Table.Get("a"));
    }

    [Fact]
    public void Locals_of_a_clone_end_without_touching_the_original()
    {
        Table.Assign("x", "global");
        Table.PushFunction();
        Table.DeclareLocal("x");
        Table.Assign("x", "local");
        VariableTable clone = Table.Clone(_shell);
        clone.DeclareLocal("y");
        clone.Pop();
        Assert.Equal("global", clone.Get("x"));
        Assert.Equal("local", Table.Get("x"));
        Table.Pop();
        Assert.Equal("global", Table.Get("x"));
    }

    [Fact]
    public void Clones_on_other_threads_see_what_was_when_they_were_made()
    {
        for (int i = 0; i < 50; i++)
            Table.Assign($"v{i}", "0");
        var threads = new List<Thread>();
        int wrong = 0;
        for (int round = 1; round <= 200; round++)
        {
            string value = $"{round}";
            Table.Assign("v7", value);
            VariableTable clone = Table.Clone(_shell);
            var thread = new Thread(() =>
            {
                if (clone.Get("v7") != value)
                    Interlocked.Increment(ref wrong);
                clone.Assign("v8", value);
                if (clone.Get("v8") != value || clone.Get("v7") != value)
                    Interlocked.Increment(ref wrong);
                clone.Release();
            });
            thread.Start();
            threads.Add(thread);
            Table.Assign("v8", "parent");
            Assert.Equal("parent", Table.Get("v8"));
        }

        threads.ForEach(static t => t.Join());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void The_environment_is_built_once_until_something_exported_changes()
    {
        Table.Import(["A=1", "B=2", "odd.name=3", "noequals", "=x"]);
        string[] environment = Table.GetEnvironment();
        Table.Assign("unexported", "x");
        Assert.Same(environment, Table.GetEnvironment());
        Table.Assign("A", "5");
        Assert.Equal(["A=5", "B=2", "odd.name=3"], Table.GetEnvironment().Order(StringComparer.Ordinal));
        Table.PushTemporary();
        Table.AssignTemporary("C", "t");
        Assert.Contains("C=t", Table.GetEnvironment());
        Table.Pop();
        Assert.DoesNotContain("C=t", Table.GetEnvironment());
    }

    [Fact]
    public void What_variables_take_is_charged_and_given_back()
    {
        var fixture = new KernelFixture(new KernelOptions { MaxMemoryBytes = 8 << 20 });
        Process process = fixture.Parent(_ => 0);
        var shell = new ExpansionShell(process: process);
        shell.Variables.Assign("a", new string('x', 1 << 20));
        Assert.InRange(fixture.Kernel.Memory.Used, 2 << 20, 3 << 20);
        Assert.Throws<ShellMemoryException>(() => shell.Variables.Assign("b", new string('x', 4 << 20)));
        shell.Variables.Unset("a");
        shell.Variables.Release();
        Assert.Equal(0, fixture.Kernel.Memory.Used);
    }

    [Theory]
    [InlineData("a=x\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a\na=$a$a$a$a$a$a$a$a")]
    [InlineData("p {1..1000000000}")]
    [InlineData("p {1..1000}{1..1000}{1..1000}")]
    [InlineData("printf %1000000000d 1")]
    [InlineData("printf %.1000000000f 1")]
    [InlineData("a=x\na+=$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a\na=${a//x/$a$a$a$a$a}\na=${a//x/$a$a$a$a$a}\na=${a//x/$a$a$a$a$a}\na=${a//x/$a$a$a$a$a}\np ${#a}")]
    public void What_grows_without_end_meets_the_memory_limit(string script)
    {
        var fixture = new KernelFixture(new KernelOptions { MaxMemoryBytes = 16 << 20 });
        var shell = new ExpansionShell(process: fixture.Parent(_ => 0)) { MaxValueLength = 4 << 20 };
        Assert.Throws<ShellMemoryException>(() => shell.Run(script));
        shell.Variables.Release();
        Assert.Equal(0, fixture.Kernel.Memory.Used);
    }

    [Fact]
    public void Nameref_circles_end()
    {
        Table.SetAttributes("a", VariableAttributes.Nameref);
        Table.Assign("a", "b");
        Table.SetAttributes("b", VariableAttributes.Nameref);
        Table.Assign("b", "a");
        Assert.Null(Table.Get("a"));
        Assert.Contains("circular name reference", _shell.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Readonly_variables_stay()
    {
        Table.Assign("r", "1");
        Table.SetAttributes("r", VariableAttributes.Readonly);
        Assert.Throws<ShellAssignmentException>(() => Table.Assign("r", "2"));
        Assert.Throws<ShellAssignmentException>(() => Table.Unset("r"));
        Assert.Throws<ShellAssignmentException>(() => Table.AssignElement("r", 0, "2"));
        Assert.Throws<ShellAssignmentException>(() => Table.SetAttributes("r", VariableAttributes.None, VariableAttributes.Readonly));
        Assert.Equal("1", Table.Get("r"));
    }

    [Fact]
    public void Associative_arrays_lose_and_find_keys()
    {
        var array = new AssociativeArray();
        for (int i = 0; i < 200; i++)
            array.Set($"k{i}", $"{i}");
        for (int i = 0; i < 200; i += 2)
            array.Remove($"k{i}");
        array.Set("k0", "again");
        Assert.Equal(101, array.Count);
        Assert.Equal(array.Sum(static e => e.Key.Length + e.Value.Length), array.Characters);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"k{(2 * i) + 1}").Append("k0").Order(StringComparer.Ordinal)], array.Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Equal("again", array["k0"]);
        Assert.Null(array["k2"]);
    }
}
