using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>How a native applet writes.</summary>
internal static class AppletOutput
{
    /// <summary>Most characters of all that an applet gets, or writes at once: what is larger is BusyBox's, whose memory is counted.</summary>
    public const int MaxText = 1 << 16;

    /// <summary>Writes an applet's whole output.</summary>
    /// <returns>
    /// The exit status: 0, or 1 with a message if something went wrong after a part was written; null if nothing could be written: then
    /// BusyBox is to fail at it in its own way.
    /// </returns>
    public static int? Write(Process process, string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        OpenFile? file = process.Descriptors[1];
        if (file is null)
            return null;
        bool any = false;
        while (!bytes.IsEmpty)
        {
            Errno error = process.Write(file, bytes, out int count);
            if (error == Errno.EINTR)
                continue;
            if (error != Errno.None)
                return any ? Fail(process, name, $"write error: {error.Message()}") : null;
            any = true;
            bytes = bytes[count..];
        }

        return 0;
    }

    /// <summary>The same for a byte string.</summary>
    public static int? Write(Process process, string name, string text)
    {
        Span<byte> bytes = text.Length <= 1024 ? stackalloc byte[text.Length] : new byte[text.Length];
        Encoding.Latin1.GetBytes(text, bytes);
        return Write(process, name, bytes);
    }

    /// <summary>Writes <c>NAME: message</c> to standard error; gives the exit status for that.</summary>
    public static int Fail(Process process, string name, string message)
    {
        process.WriteAll(2, ByteText.ToBytes($"{name}: {message}\n"));
        return 1;
    }

    /// <summary>Whether arguments are few and short enough to be looked at in no time.</summary>
    public static bool IsSmall(ReadOnlySpan<string> arguments)
    {
        int length = arguments.Length;
        foreach (string argument in arguments)
        {
            if ((length += argument.Length) > MaxText)
                return false;
        }

        return length <= MaxText;
    }
}
