using PSSandbox.FileSystem;
using PSSandbox.Wasi;

namespace PSSandbox.Tests.Wasi;

/// <summary>Which directories an ordinary program finds open.</summary>
public sealed class StartingDirectoriesTests : IDisposable
{
    private readonly Guest _guest = new();

    public void Dispose() => _guest.Dispose();

    private List<string> Open(string directory, params string[] environment)
    {
        Assert.Equal(Errno.None, _guest.System.Files.Resolve(_guest.System.Paths, directory, true, out Node? node));
        _guest.Process.WorkingDirectory = node!;
        _guest.State.Environment = environment;
        StartingDirectories.Open(_guest.State);
        var names = new List<string>();
        while (_guest.State.Preopens[Preopens.First + names.Count] is { } name)
            names.Add(name);
        return names;
    }

    [Fact]
    public void At_the_root_it_is_the_root() => Assert.Equal(["/"], Open("/"));

    [Fact]
    public void Elsewhere_what_is_in_the_root_and_the_working_directory_too()
    {
        List<string> names = Open("/tmp");
        Assert.Equal(("/", "."), (names[0], names[^1]));
        Assert.Contains("/etc", names);
        Assert.Equal(["PWD=/tmp"], _guest.State.Environment);
    }

    [Fact]
    public void Who_starts_it_may_name_others()
    {
        Assert.Equal(["/"], Open("/tmp", "A=1", "PSSANDBOX_PREOPENS=/", "PWD=/tmp"));
        Assert.Equal(["A=1", "PWD=/tmp"], _guest.State.Environment);
        Assert.Equal(["/etc", "."], Open("/tmp", "PSSANDBOX_PREOPENS=/etc:/missing::/etc/passwd:."));
        Assert.Empty(Open("/tmp", "PSSANDBOX_PREOPENS="));
    }

    [Fact]
    public void Too_many_names_are_cut_off() =>
        Assert.Equal(41, Open("/tmp", "PSSANDBOX_PREOPENS=" + string.Join(':', Enumerable.Repeat("/etc", 500))).Count);
}
