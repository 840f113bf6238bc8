namespace PSSandbox.Tests;

public sealed class ProgramFolderTests
{
    [Theory]
    [InlineData("opt/pssandbox/PSSandbox.Engine.dll", "opt/pssandbox")]
    [InlineData("opt/module/runtimes/linux-x64/lib/PSSandbox.Engine.dll", "opt/module")]
    [InlineData("opt/lib/PSSandbox.Engine.dll", "opt/lib")]
    [InlineData("lib/PSSandbox.Engine.dll", "lib")]
    [InlineData("", null)]
    public void IsWhereWhatBelongsToTheAssemblyIs(string assembly, string? expected) =>
        Assert.Equal(expected is null ? null : Local(expected), ProgramFolder.Of(Local(assembly)));

    private static string Local(string path) => path.Replace('/', Path.DirectorySeparatorChar);
}
