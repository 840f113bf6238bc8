using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>What tests of text applets share.</summary>
internal static class BusyBoxText
{
    public static void Check(Sandbox sandbox, string script, byte[] expected)
    {
        SandboxResult result = sandbox.RunShell(script, null, TestContext.Current.CancellationToken);
        Assert.True(expected.AsSpan().SequenceEqual(result.StdoutBytes), $"{script}: {Encoding.Latin1.GetString(result.StdoutBytes)} instead of {Encoding.Latin1.GetString(expected)} {result.Stderr}");
    }

    /// <summary>The lines of a text, with their ends.</summary>
    public static byte[][] Lines(byte[] data)
    {
        var lines = new List<byte[]>();
        for (int from = 0, to; from < data.Length; from = to)
        {
            to = Array.IndexOf(data, (byte)'\n', from) + 1;
            to = to == 0 ? data.Length : to;
            lines.Add(data[from..to]);
        }

        return [.. lines];
    }

    public static bool IsSpace(byte b) => b is (byte)' ' or >= 9 and <= 13;
}
