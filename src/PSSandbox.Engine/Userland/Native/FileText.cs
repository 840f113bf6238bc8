using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>Reads files and descriptors as byte strings.</summary>
internal static class FileText
{
    /// <summary>Most bytes that are read; the rest is left.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Reads a file. <paramref name="text"/> is null on an error.</summary>
    public static Errno Read(Process process, string path, out string? text)
    {
        text = null;
        Errno error = process.Kernel.Files.Open(process.Paths, path, OpenFlags.ReadOnly, 0, out OpenFile? file);
        if (error != Errno.None)
            return error;
        error = Read(process, file!, out text);
        file!.Release();
        return error;
    }

    /// <summary>Reads an open file to its end. <paramref name="text"/> is null on an error.</summary>
    public static Errno Read(Process process, OpenFile file, out string? text)
    {
        text = null;
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            Errno error = process.Read(file, buffer.AsSpan(length), out int count);
            if (error == Errno.EINTR)
                continue;
            if (error != Errno.None)
                return error;
            length += count;
            if (count == 0 || length >= MaxBytes)
                break;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(length * 4, MaxBytes));
        }

        text = ByteText.FromBytes(buffer.AsSpan(0, length));
        return Errno.None;
    }
}
