using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>This process's own output streams, for passing a sandbox's through as bytes.</summary>
internal static class ConsoleOutput
{
    private static readonly Stream Out = Console.OpenStandardOutput();
    private static readonly Stream Error = Console.OpenStandardError();

    /// <summary>Passes a piece on. A closed pipe ends the run: the exception reaches the sandbox as an error of the stream.</summary>
    public static void Write(SandboxOutput output)
    {
        Stream stream = output.Stream == SandboxStream.Output ? Out : Error;
        stream.Write(output.Bytes.Span);
        stream.Flush();
    }
}
