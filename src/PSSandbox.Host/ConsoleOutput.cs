using Microsoft.Win32.SafeHandles;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>This process's own output streams, for passing a sandbox's through as bytes.</summary>
internal static class ConsoleOutput
{
    private static readonly Stream Out = Open(1, Console.OpenStandardOutput);
    private static readonly Stream Error = Open(2, Console.OpenStandardError);

    /// <summary>Passes a piece on. A closed pipe ends the run: the exception reaches the sandbox as an error of the stream.</summary>
    public static void Write(SandboxOutput output)
    {
        Stream stream = output.Stream == SandboxStream.Output ? Out : Error;
        stream.Write(output.Bytes.Span);
        stream.Flush();
    }

    /// <summary>On Unix the descriptor itself: the console's stream would swallow the error of a closed pipe.</summary>
    private static Stream Open(int descriptor, Func<Stream> console) =>
        OperatingSystem.IsWindows() ? console() : new FileStream(new SafeFileHandle(descriptor, false), FileAccess.Write, 0);
}
