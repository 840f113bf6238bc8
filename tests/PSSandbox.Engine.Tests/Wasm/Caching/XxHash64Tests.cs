using System.Text;
using PSSandbox.Wasm.Caching;

namespace PSSandbox.Tests.Wasm.Caching;

public sealed class XxHash64Tests
{
    // Values that the reference implementation prints (xxhsum -H64).
    [Theory]
    [InlineData("", 0xef46db3751d8e999)]
    [InlineData("a", 0xd24ec4f1a98c6e5b)]
    [InlineData("abc", 0x44bc2cf5ad770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1)]
    public void HashesAreThoseOfTheReference(string text, ulong expected) =>
        Assert.Equal(expected, new XxHash64().Finish(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void PiecesGiveWhatTheWholeGives()
    {
        byte[] bytes = new byte[1000];
        new Random(7).NextBytes(bytes);
        ulong whole = new XxHash64().Finish(bytes);
        for (int cut = 0; cut <= bytes.Length; cut += XxHash64.StripeBytes)
        {
            XxHash64 hash = new();
            hash.Append(bytes.AsSpan(0, cut));
            Assert.Equal(whole, hash.Finish(bytes.AsSpan(cut)));
        }
    }

    [Fact]
    public void EveryByteCounts()
    {
        byte[] bytes = new byte[71];
        ulong whole = new XxHash64().Finish(bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = 1;
            Assert.NotEqual(whole, new XxHash64().Finish(bytes));
            bytes[i] = 0;
            Assert.NotEqual(whole, new XxHash64().Finish(bytes.AsSpan(i + 1)));
        }
    }

    [Fact]
    public void OnlyTheLastPieceMayHaveAnyLength() => Assert.Throws<ArgumentException>(() => new XxHash64().Append(new byte[33]));
}
