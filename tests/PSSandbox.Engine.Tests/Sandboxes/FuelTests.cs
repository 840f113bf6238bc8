using PSSandbox.Processes;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>A budget of instructions: it ends a program at the same place every time, and the sandbox goes on.</summary>
public sealed class FuelTests
{
    private const long Fuel = 50_000_000;

    public static TheoryData<string> Engines => [.. SandboxRuntime.Engines];

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_that_never_ends_is_killed_and_its_shell_goes_on(string engine)
    {
        using Sandbox sandbox = Make(engine, Fuel);
        SandboxResult result = sandbox.RunShell("awk 'BEGIN { while (1) i++ }'; echo status $?; echo x | tr x y");
        Assert.Equal((0, "status 137\ny\n"), (result.ExitCode, result.Stdout));
        Assert.Contains("awk: all fuel consumed", result.Stderr, StringComparison.Ordinal);
        Violation violation = Assert.Single(result.Violations);
        Assert.Equal("fuel", violation.Kind);
        Assert.Equal("the limit of 50000000 instructions of one program was reached", violation.Message);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void It_ends_at_the_same_place_every_time(string engine)
    {
        string first = Counted(engine, Fuel);
        Assert.NotEqual("", first);
        Assert.Equal(first, Counted(engine, Fuel));
        Assert.True(Counted(engine, 2 * Fuel).Length > first.Length);

        static string Counted(string engine, long fuel)
        {
            using Sandbox sandbox = Make(engine, fuel);
            SandboxResult result = sandbox.RunShell("exec awk 'BEGIN { while (1) print ++i }'");
            Assert.Equal(137, result.ExitCode);
            return result.Stdout;
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_program_has_its_own(string engine)
    {
        using Sandbox sandbox = Make(engine, Fuel);
        SandboxResult result = sandbox.RunShell("for i in {1..15}; do seq 20000 | tail -n1; done; seq 200000 > /dev/null");
        Assert.Equal((137, string.Concat(Enumerable.Repeat("20000\n", 15))), (result.ExitCode, result.Stdout));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Zero_is_no_limit(string engine)
    {
        using Sandbox sandbox = Make(engine, 0);
        SandboxResult result = sandbox.RunShell("seq 200000 | tail -n1");
        Assert.Equal((0, "200000\n"), (result.ExitCode, result.Stdout));
        Assert.Empty(result.Violations);
    }

    private static Sandbox Make(string engine, long fuel) =>
        Sandbox.Create(new SandboxOptions { Engine = engine, Limits = new SandboxLimits { Fuel = fuel } });
}
