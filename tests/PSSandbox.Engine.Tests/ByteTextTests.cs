using System.Text;

namespace PSSandbox.Tests;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Grüße, 世界 🎉")]
    public void Text_survives_the_way_in_and_out(string text)
    {
        string inside = ByteText.FromText(text);
        Assert.All(inside, c => Assert.True(c <= 0xff));
        Assert.Equal(Encoding.UTF8.GetBytes(text), ByteText.ToBytes(inside));
        Assert.Equal(text, ByteText.ToText(inside));
    }

    [Fact]
    public void Every_byte_value_is_kept()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.Equal(all, ByteText.ToBytes(ByteText.FromBytes(all)));
    }
}
