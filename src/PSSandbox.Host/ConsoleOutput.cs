using System.Runtime.InteropServices;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>This process's own output streams, for passing a sandbox's through as bytes.</summary>
internal static class ConsoleOutput
{
    private const int InterruptedCall = 4;
    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11;
    private static readonly Stream? Out = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : null;
    private static readonly Stream? Error = OperatingSystem.IsWindows() ? Console.OpenStandardError() : null;

    /// <summary>Passes a piece on. A closed pipe ends the run: the exception reaches the sandbox as an error of the stream.</summary>
    /// <exception cref="IOException">The stream does not take it.</exception>
    public static void Write(SandboxOutput output)
    {
        bool isOutput = output.Stream == SandboxStream.Output;
        if ((isOutput ? Out : Error) is not { } stream)
        {
            WriteDescriptor(isOutput ? 1 : 2, output.Bytes.Span);
            return;
        }

        stream.Write(output.Bytes.Span);
        stream.Flush();
    }

    // The console's own stream would swallow the error of a closed pipe; and a file's would keep a position of its own,
    // so that what others write to the same open file before and after would be overwritten.
    private static unsafe void WriteDescriptor(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* first = bytes)
                written = write(descriptor, first, (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == TryAgain)
                Thread.Sleep(1);
            else if (error != InterruptedCall)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern unsafe nint write(int descriptor, byte* bytes, nuint count);
}
