using System.Buffers;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>cat without options.</summary>
internal static class CatApplet
{
    private const int SmallBytes = 4096;
    private const int LargeBytes = 1 << 16;

    /// <summary>Runs it.</summary>
    public static int? Run(Process process)
    {
        ReadOnlySpan<string> files = process.Arguments.AsSpan(1);
        foreach (string file in files)
        {
            if (file.Length > 1 && file[0] == '-')
                return null;
        }

        bool copied = true;
        if (files.IsEmpty)
            copied = Copy(process, 0);
        foreach (string file in files)
            copied &= file == "-" ? Copy(process, 0) : Copy(process, file);
        return copied ? 0 : 1;
    }

    private static bool Copy(Process process, string path)
    {
        Errno error;
        OpenFile? file;
        while ((error = process.Kernel.Files.Open(process.Paths, path, OpenFlags.ReadOnly, 0, out file)) == Errno.EINTR)
            process.CheckSignals();
        if (error != Errno.None)
            return Fail(process, $"can't open '{path}'", error);
        error = process.Descriptors.Add(file!, out int descriptor);
        if (error != Errno.None)
        {
            file!.Release();
            return Fail(process, $"can't open '{path}'", error);
        }

        bool copied = Copy(process, descriptor);
        process.Descriptors.Close(descriptor);
        return copied;
    }

    /// <summary>Copies what a descriptor reads: by a small buffer at first, by a larger one, which is counted, if that is filled.</summary>
    private static bool Copy(Process process, int descriptor)
    {
        if (process.Descriptors[descriptor] is not { CanRead: true } input)
            return Fail(process, "read error", Errno.EBADF);
        Span<byte> buffer = stackalloc byte[SmallBytes];
        byte[]? large = null;
        bool small = true;
        try
        {
            while (true)
            {
                if (process.Attention)
                    process.CheckSignals();
                Errno error = process.Read(input, buffer, out int count);
                if (error == Errno.EINTR)
                    continue;
                if (error != Errno.None)
                    return Fail(process, "read error", error);
                if (count == 0)
                    return true;
                error = Write(process, buffer[..count]);
                if (error != Errno.None)
                    return Fail(process, "write error", error);
                if (!small || count < SmallBytes)
                    continue;
                small = false;
                if (process.TryChargeMemory(LargeBytes))
                    buffer = large = ArrayPool<byte>.Shared.Rent(LargeBytes);
            }
        }
        finally
        {
            if (large is not null)
            {
                ArrayPool<byte>.Shared.Return(large);
                process.ReleaseMemory(LargeBytes);
            }
        }
    }

    private static Errno Write(Process process, ReadOnlySpan<byte> bytes)
    {
        if (process.Descriptors[1] is not { CanWrite: true } output)
            return Errno.EBADF;
        while (!bytes.IsEmpty)
        {
            Errno error = process.Write(output, bytes, out int count);
            if (error is not (Errno.None or Errno.EINTR))
                return error;
            bytes = bytes[count..];
        }

        return Errno.None;
    }

    private static bool Fail(Process process, string what, Errno error)
    {
        AppletOutput.Fail(process, "cat", $"{what}: {error.Message()}");
        return false;
    }
}
