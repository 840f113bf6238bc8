using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>Arguments and environment as a guest gets them: an array of pointers, and the strings, each ended by a NUL.</summary>
internal static class StringVector
{
    /// <summary>Writes the number of strings and the bytes that they take. EFAULT.</summary>
    public static Errno WriteSizes(GuestMemory memory, string[] strings, int countAddress, int bytesAddress)
    {
        int bytes = 0;
        foreach (string text in strings)
            bytes += text.Length + 1;
        return memory.TryWriteInt32(countAddress, strings.Length) && memory.TryWriteInt32(bytesAddress, bytes) ? Errno.None : Errno.EFAULT;
    }

    /// <summary>Writes pointers and strings. EFAULT.</summary>
    public static Errno Write(GuestMemory memory, string[] strings, int pointers, int address)
    {
        foreach (string text in strings)
        {
            if (!memory.TryWriteInt32(pointers, address) || !memory.TrySlice(address, text.Length + 1, out Span<byte> target))
                return Errno.EFAULT;
            ByteText.Narrow(text, target);
            target[text.Length] = 0;
            pointers += sizeof(int);
            address += text.Length + 1;
        }

        return Errno.None;
    }
}
