using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

public sealed class ContentHashTests
{
    [Fact]
    public void SameBytesHaveTheSameHash()
    {
        Assert.Equal(ContentHash.Of([1, 2, 3]), ContentHash.Of([1, 2, 3]));
        Assert.Equal(ContentHash.OfInstalled([1, 2, 3]), ContentHash.OfInstalled([1, 2, 3]));
    }

    [Fact]
    public void OtherBytesHaveAnotherHash()
    {
        byte[][] contents = [[], [0], [1], [0, 0], [.. new byte[64]], [.. new byte[65]], [.. new byte[64], 1]];
        Assert.Equal(contents.Length, contents.Select(c => ContentHash.Of(c)).Distinct().Count());
        Assert.Equal(contents.Length, contents.Select(c => ContentHash.OfInstalled(c)).Distinct().Count());
    }

    // A guest's module must not find the code of an installed one, not even by a copy of it.
    [Fact]
    public void InstalledAndOtherModulesNeverMeet()
    {
        byte[] content = [1, 2, 3];
        Assert.NotEqual(ContentHash.Of(content), ContentHash.OfInstalled(content));
        byte[] guest = new byte[ContentHash.SizeInBytes];
        byte[] installed = new byte[ContentHash.SizeInBytes];
        ContentHash.Of(content).CopyTo(guest);
        ContentHash.OfInstalled(content).CopyTo(installed);
        Assert.Equal(0, guest[^1]);
        Assert.Equal(1, installed[^1]);
    }

    [Fact]
    public void BytesAreTheWholeOfTheSha256()
    {
        byte[] bytes = new byte[ContentHash.SizeInBytes];
        ContentHash.Of("abc"u8).CopyTo(bytes);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Convert.ToHexStringLower(bytes.AsSpan(0, 32)));
    }
}
