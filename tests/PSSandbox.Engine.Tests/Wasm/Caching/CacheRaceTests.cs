using System.Diagnostics;
using PSSandbox.Tests.Wasm.Wasmtime;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Caching;

/// <summary>Two real processes that want the same compiled module at the same time, from a cache that does not have it.</summary>
public sealed class CacheRaceTests : IDisposable
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cache-race-");

    [Theory]
    [InlineData("managed", null)]
    [InlineData("wasmtime", "48.0.0")]
    public async Task BothAreRightAndTheFolderIsWhole(string engine, string? version)
    {
        string program = TestPaths.ConsoleProgram;
        string? library = version is null ? null : WasmtimeLibraries.Path(version);
        for (int round = 0; round < Rounds; round++)
        {
            string folder = Path.Combine(_root.FullName, $"{round}");
            using Process first = Start(program, engine, library, folder);
            using Process second = Start(program, engine, library, folder);
            using var patience = new CancellationTokenSource(Patience);
            foreach (Process process in (Process[])[first, second])
                Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(patience.Token));

            // Now both begin.
            foreach (Process process in (Process[])[first, second])
                process.StandardInput.Close();
            string[] outputs = await Task.WhenAll(
                first.StandardOutput.ReadToEndAsync(patience.Token), second.StandardOutput.ReadToEndAsync(patience.Token));
            Assert.Equal(["right\n", "right\n"], outputs);

            string entry = Assert.Single(Directory.GetFiles(folder));
            Assert.True(new CompiledCodeCache(folder).TryGet(Path.GetFileName(entry), out _));
            Assert.True(File.Exists(entry));
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static Process Start(string program, string engine, string? library, string folder)
    {
        const string Script = "echo ready; read -r line; echo wrong | busybox sed s/wrong/right/";
        ProcessStartInfo start = new(program, ["run", "--engine", engine, Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[CompiledCodeCache.EnvironmentVariable] = folder;
        if (library is not null)
            start.Environment[WasmtimeLocator.EnvironmentVariable] = library;
        return Process.Start(start)!;
    }
}
