using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("64k", 65536)]
    [InlineData("256MB", 256L << 20)]
    [InlineData("256MiB", 256L << 20)]
    [InlineData(" 1.5 GiB ", 3L << 29)]
    [InlineData("7b", 7)]
    public void A_size_is_read(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("1..5k")]
    [InlineData("99999999999999999999")]
    [InlineData("9000000000000T")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<FormatException>(() => ByteSize.Parse(text));

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("0.5", 500)]
    [InlineData("00:01:30", 90_000)]
    public void A_duration_is_read(string text, int milliseconds) =>
        Assert.Equal(milliseconds, (int)DurationText.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-3s")]
    [InlineData("3 parsecs")]
    [InlineData("1000d")]
    [InlineData("-00:00:01")]
    public void What_is_no_duration_is_refused(string text) => Assert.Throws<FormatException>(() => DurationText.Parse(text));

    [Theory]
    [InlineData("/a:/b", "/a", "/b", MountAccess.ReadOnly)]
    [InlineData("/a:/b:rw", "/a", "/b", MountAccess.ReadWrite)]
    [InlineData("a b:/b:cow", "a b", "/b", MountAccess.CopyOnWrite)]
    [InlineData("/with:colon:/b:ro", "/with:colon", "/b", MountAccess.ReadOnly)]
    public void A_mount_is_read(string text, string host, string path, MountAccess access) =>
        Assert.Equal(new SandboxMount(host, path, access), SandboxMount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("/a:b")]
    [InlineData(":/b")]
    [InlineData("/a:rw")]
    public void What_is_no_mount_is_refused(string text) => Assert.Throws<FormatException>(() => SandboxMount.Parse(text));
}
