using System.Diagnostics;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;

namespace PSSandbox.Tests.Wasm.Caching;

/// <summary>BusyBox as it was installed, and the same bytes as a guest has written them, in a real process with a cache of its own.</summary>
public sealed class InstalledModuleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("installed-module-");

    [Fact]
    public async Task WhatAGuestWritesIsAGuestsModule()
    {
        const string Script = "busybox echo own; cp /bin/busybox /tmp/busybox; /tmp/busybox echo copied";
        string folder = Path.Combine(_root.FullName, "cache");
        ProcessStartInfo start = new(TestPaths.ConsoleProgram, ["run", "--engine", "managed", Script]) { RedirectStandardOutput = true };
        start.Environment[CompiledCodeCache.EnvironmentVariable] = folder;
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal("own\ncopied\n", await process.StandardOutput.ReadToEndAsync(patience.Token));

        byte[] binary = File.ReadAllBytes(Path.Combine(TestPaths.Repository, "userland", "busybox.wasm"));
        string[] expected = [NameOf(ContentHash.Of(binary)), NameOf(ContentHash.OfInstalled(binary))];
        string[] names = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)[..expected[0].Length])];
        Assert.Equal(expected.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _root.Delete(recursive: true);

    // The beginning of the key is the whole hash.
    private static string NameOf(ContentHash hash)
    {
        byte[] bytes = new byte[ContentHash.SizeInBytes];
        hash.CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
