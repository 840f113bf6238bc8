using PSSandbox.Sandboxes;
using PSSandbox.Tests.Wasi;

namespace PSSandbox.Tests.Userland.Runtimes;

/// <summary>A program compiled by Debian's rustc for wasm32-wasi.</summary>
public sealed class RustProgramTests
{
    private const string Compiler = "/usr/bin/rustc";
    private const string Linker = "/usr/bin/wasm-ld-16";

    [Fact]
    public void A_program_of_rust()
    {
        Assert.SkipUnless(
            File.Exists(Compiler) && File.Exists(Linker) && Directory.Exists("/usr/lib/rustlib/wasm32-wasi"),
            "needs Debian's packages rustc, libstd-rust-dev-wasm32 and lld-16");
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = InstalledRuntimes.Engine, WorkingDirectory = "/tmp/work" });
        sandbox.WriteFile("/usr/local/bin/program", Compile(), 0x1ed);

        Ends(sandbox, "NAME=value program a 'b  c' ''", 0, "[\"a\", \"b  c\", \"\"] Some(\"value\") INPUT\n", "");
        Ends(sandbox, "program files", 0, "[\"b.txt\"] text 4\nNotFound sandbox\n", "");
        Assert.Equal("text"u8.ToArray(), sandbox.ReadFile("/tmp/work/made/b.txt"));
        Ends(sandbox, "program exit 3", 3, "", "");
        Ends(sandbox, "program thread", 0, "refused: Unsupported\n", "");
        Ends(sandbox, "program panic", 134, "", "panicked at 'on purpose'");
        Ends(sandbox, "program index", 134, "", "index out of bounds: the len is 3 but the index is 7");
        Ends(sandbox, "program abort", 134, "", "unreachable");
        Ends(sandbox, "program overflow", 139, "", "out of bounds memory access");
    }

    private static void Ends(Sandbox sandbox, string command, int status, string output, string error)
    {
        SandboxResult result = sandbox.RunShell(command, new SandboxRunOptions
        {
            StandardInput = new MemoryStream("input\n"u8.ToArray()),
            Timeout = TimeSpan.FromMinutes(5),
        });
        Assert.Contains(error, result.Stderr, StringComparison.Ordinal);
        Assert.Equal((output, status), (result.Stdout, result.ExitCode));
        if (error.Length == 0)
            Assert.Equal("", result.Stderr);
    }

    private static byte[] Compile()
    {
        string output = Path.Combine(Path.GetTempPath(), $"pssandbox-{Guid.NewGuid():N}.wasm");
        string source = Path.Combine(TestPaths.Repository, "tests/PSSandbox.Engine.Tests/Wasi/Programs/program.rs");
        string[] arguments = ["--target", "wasm32-wasi", "-C", "linker=" + Linker, "-C", "linker-flavor=wasm-ld", "-O", "-o", output, source];
        return CompiledProgram.Run(Compiler, arguments, output);
    }
}
