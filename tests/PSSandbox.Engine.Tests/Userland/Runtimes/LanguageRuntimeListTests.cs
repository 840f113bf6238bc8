using PSSandbox.FileSystem;
using PSSandbox.Sandboxes;
using PSSandbox.Userland;

namespace PSSandbox.Tests.Userland.Runtimes;

/// <summary>What a userland says of its language runtimes, installed or not.</summary>
public sealed class LanguageRuntimeListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pssandbox-runtimes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("# python\t1\tCPython\tpython3")]
    [InlineData("python\t1\tCPython")]
    [InlineData("../evil\t1\tEvil\tevil")]
    [InlineData("..\t1\tEvil\tevil")]
    [InlineData("python\t1\tCPython\t../../sbin/init")]
    [InlineData("python\t1\tCPython\tpython=../../x")]
    [InlineData("python\t1\tCPython\ta=b=c")]
    [InlineData("python\t1\tCPython\t=")]
    public void A_line_that_names_no_runtime_is_none(string line) => Assert.Null(LanguageRuntime.Parse(line, _ => true));

    [Fact]
    public void Commands_are_links_into_a_directory_that_is_read_when_it_is_looked_at()
    {
        string program = Path.Combine(_folder, "tool", "bin", "tool");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.WriteAllText(program, "#!/bin/sh\necho first\n");
        LanguageRuntime[] all =
        [
            LanguageRuntime.Parse("tool\t1.0\tTool\ttool alias=tool", _ => true)!,
            LanguageRuntime.Parse("other\t2.0\tOther\tother", _ => false)!,
        ];
        var runtimes = new LanguageRuntimes(_folder, all);
        ImageBuilder image = new ImageBuilder().AddBaseFiles();
        runtimes.AddTo(image);
        var root = new MemoryFileSystem(new StorageAccount(1 << 20, 1000), image.Build());
        File.WriteAllText(program, "#!/bin/sh\necho second\n");
        var files = new VirtualFileSystem(root.Root);
        var paths = new PathContext(root.Root, root.Root, Credentials.Root);

        Assert.Equal(Errno.None, files.GetStatus(paths, "/usr/bin/alias", true, out FileStatus status));
        Assert.Equal((FileType.Regular, 0x16d), (status.Type, status.Mode & 0x16d));
        Assert.Equal(Errno.None, files.Open(paths, "/usr/bin/tool", OpenFlags.ReadWrite, 0, out OpenFile? file));
        byte[] buffer = new byte[100];
        Assert.Equal(Errno.None, file!.ReadAt(buffer, 0, out int count));
        Assert.Equal("#!/bin/sh\necho second\n"u8.ToArray(), buffer[..count]);

        // What a sandbox writes is its own.
        Assert.Equal(Errno.None, file.WriteAt("#!/bin/ls"u8, 0, out _));
        file.Release();
        Assert.StartsWith("#!/bin/sh", File.ReadAllText(program), StringComparison.Ordinal);
        Assert.Equal(Errno.ENOENT, files.GetStatus(paths, "/usr/bin/other", false, out _));
        Assert.Null(runtimes.Explain("tool"));
        Assert.Null(runtimes.Explain("unheard-of"));
        Assert.Contains("Other is not installed", runtimes.Explain("other"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_known_runtime_is_installed_or_explained_where_its_commands_are_asked_for()
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal(
            ["python", "quickjs", "ruby", "php", "sqlite", "clang", "esbuild"],
            SandboxRuntime.Languages.Select(l => l.Name));
        foreach (SandboxLanguage language in SandboxRuntime.Languages)
        {
            foreach (string command in language.Commands)
            {
                SandboxResult found = sandbox.RunShell($"command -v {command} && test -x /usr/bin/{command} && which {command}");
                Assert.Equal(language.IsInstalled ? $"/usr/bin/{command}\n/usr/bin/{command}\n" : "", found.Stdout);
                if (language.IsInstalled)
                    continue;
                Assert.Contains($"{command}: command not found ({language.Title} is not installed", sandbox.RunShell(command).Stderr, StringComparison.Ordinal);
                Assert.Contains($"{command}: not found ({language.Title} is not installed", sandbox.Run([command]).Stderr, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Compilation_of_a_program_is_told_of()
    {
        using Sandbox sandbox = Sandbox.Create();
        var seen = new List<ModuleCompilation>();
        byte[] module = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 8, 7, .. Guid.NewGuid().ToByteArray()[..7]];
        module[10] = 1;
        sandbox.WriteFile("/tmp/strange", module);
        void Note(ModuleCompilation compilation)
        {
            if (compilation.Path != "/tmp/strange")
                return;
            Assert.False(compilation.IsCompleted);
            compilation.Completed += seen.Add;
        }

        SandboxRuntime.Compiling += Note;
        try
        {
            SandboxResult result = sandbox.RunShell("chmod +x /tmp/strange; /tmp/strange; /tmp/strange");
            Assert.Equal(126, result.ExitCode);
        }
        finally
        {
            SandboxRuntime.Compiling -= Note;
        }

        ModuleCompilation one = Assert.Single(seen);
        Assert.True(one.IsCompleted);
        Assert.Equal(module.Length, one.Size);
        Assert.Equal(one.Elapsed, one.Elapsed);
    }
}
