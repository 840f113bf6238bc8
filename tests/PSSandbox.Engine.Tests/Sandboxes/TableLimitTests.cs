using PSSandbox.Sandboxes;
using PSSandbox.Tests.Wasm;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Tables of programs are bounded together, and counted as memory.</summary>
public sealed class TableLimitTests
{
    [Theory]
    [InlineData(1, "", 999_999, 0)]
    [InlineData(1, "", 1_000_000, 1)]
    [InlineData(100, "", 9_999, 0)]
    [InlineData(100, "", 10_000, 1)]
    [InlineData(1, "20", 19, 0)]
    [InlineData(1, "20", 20, 1)]
    public void Tables_grow_to_a_million_elements_together(int tables, string maximum, int growth, int status)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        Assert.Equal(status, Run(sandbox, tables, $"1 {maximum}", growth).ExitCode);
    }

    [Theory]
    [InlineData(1, "1000001")]
    [InlineData(4, "250001")]
    [InlineData(100, "1000000")]
    public void Tables_that_begin_larger_are_out_of_memory(int tables, string size)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        SandboxResult result = Run(sandbox, tables, size, 0);
        Assert.Equal(137, result.ExitCode);
        Assert.Contains("out of memory", result.Stderr);
    }

    [Fact]
    public void What_tables_may_take_is_memory()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = new SandboxLimits { MemoryBytes = 4 << 20 } });
        Assert.Equal(0, Run(sandbox, 1, "1 100000", 99_999).ExitCode);
        SandboxResult result = Run(sandbox, 1, "1 1000000", 0);
        Assert.Equal(137, result.ExitCode);
        Assert.Contains(result.Violations, static v => v.Kind == "memory");
        Assert.Equal(0, sandbox.GetStatistics().MemoryBytes);
    }

    // Ends with 1 if the first table does not grow that much.
    private static SandboxResult Run(Sandbox sandbox, int tables, string size, int growth)
    {
        string all = string.Concat(Enumerable.Range(0, tables).Select(i => $"(table $t{i} {size} funcref)\n"));
        byte[] module = Wabt.Assemble($"""
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              {all}
              (func (export "_start")
                (call $exit (i32.eq (table.grow $t0 (ref.null func) (i32.const {growth})) (i32.const -1)))))
            """);
        using var input = new MemoryStream(module);
        Assert.Equal(0, sandbox.RunShell("cat > /tmp/tables && chmod +x /tmp/tables", new SandboxRunOptions { StandardInput = input }).ExitCode);
        return sandbox.RunShell("exec /tmp/tables");
    }
}
