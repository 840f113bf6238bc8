using System.Diagnostics;

namespace PSSandbox.Tests.Wasi;

/// <summary>Compiles the C programs of these tests to WASI modules, where the machine has clang and wasi-libc.</summary>
internal static class CompiledProgram
{
    private static readonly Dictionary<string, byte[]> Modules = [];

    /// <summary>The module of a program; skips the test where it cannot be made.</summary>
    public static byte[] Get(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang-16") && Directory.Exists("/usr/include/wasm32-wasi"), "needs clang-16 and wasi-libc");
        lock (Modules)
        {
            if (!Modules.TryGetValue(name, out byte[]? module))
                Modules[name] = module = Compile(name);
            return module;
        }
    }

    private static byte[] Compile(string name)
    {
        string folder = Path.Combine(TestPaths.Repository, "tests/PSSandbox.Engine.Tests/Wasi");
        string output = Path.Combine(Path.GetTempPath(), $"pssandbox-{Guid.NewGuid():N}.wasm");
        string headers = Path.Combine(TestPaths.Repository, "userland/compat/include");
        string[] arguments =
        [
            "--target=wasm32-wasi", "-nostdlibinc", "-isystem", "/usr/include/wasm32-wasi", "-idirafter", headers, "-O1", "-Wno-infinite-recursion",
            Path.Combine(folder, "Programs", name + ".c"), "-o", output,
        ];
        return Run("/usr/bin/clang-16", arguments, output);
    }

    /// <summary>Runs a compiler, which must not fail, and gives what it has written.</summary>
    internal static byte[] Run(string program, string[] arguments, string output)
    {
        using Process compiler = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
        byte[] module = File.ReadAllBytes(output);
        File.Delete(output);
        return module;
    }
}
