using System.Diagnostics;

namespace PSSandbox.Tests.Userland;

/// <summary>The checked-in busybox.wasm is what its checked-in source makes, byte for byte.</summary>
public sealed class BusyBoxBuildTests
{
    private const int PackagesMissing = 3;

    [Fact]
    public async Task Building_anew_makes_the_same_bytes()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("needs Linux");
        foreach (string program in (string[])["bash", "clang-16", "wasm-ld-16", "llvm-ar-16", "wasm-opt", "make", "patch", "dpkg-query"])
            if (!TestPaths.OnPath(program))
                Assert.Skip($"needs {program}");
        string userland = Path.Combine(TestPaths.Repository, "userland");
        string output = Directory.CreateTempSubdirectory("pssandbox build ").FullName;
        try
        {
            (int status, string text) = await Build(Path.Combine(userland, "build.sh"), output, TestContext.Current.CancellationToken);
            if (status == PackagesMissing)
                Assert.Skip(text.Trim());
            Assert.True(status == 0, text);
            foreach (string name in (string[])["busybox.wasm", "applets.txt"])
                Assert.True(File.ReadAllBytes(Path.Combine(userland, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(output, name))), $"{name} differs");
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public void The_module_is_small_and_its_source_is_beside_it()
    {
        string userland = Path.Combine(TestPaths.Repository, "userland");
        Assert.InRange(new FileInfo(Path.Combine(userland, "busybox.wasm")).Length, 1, 600 * 1024);
        foreach (string name in (string[])["COPYING.busybox", "source/busybox_1.35.0.orig.tar.bz2", "source/busybox_1.35.0-4+deb12u1.debian.tar.xz", "config/busybox.config"])
            Assert.True(File.Exists(Path.Combine(userland, name)), name);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(userland, "patches"), "*.patch"));
    }

    private static async Task<(int Status, string Text)> Build(string script, string output, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("bash", [script, "--no-install", output])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        // Nothing of the caller's surroundings may get into the result.
        start.Environment["TZ"] = "Asia/Tokyo";
        start.Environment["CFLAGS"] = "-O1 -g";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> standard = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await standard + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
