using System.Text;

namespace PSSandbox;

/// <summary>
/// Conversions at the edge between .NET text and the <em>byte strings</em> used inside.
/// </summary>
/// <remarks>
/// POSIX names, arguments and environment entries are bytes, not text. Inside the engine such a value is a
/// <see cref="string"/> in which every <see cref="char"/> is one byte (U+0000 to U+00FF): nothing is lost whatever
/// the bytes are, and the runtime's vectorised string searches apply. Only the edges (cmdlets, console) convert.
/// </remarks>
public static class ByteText
{
    private const int Long = 1024;

    /// <summary>Encodes .NET text as UTF-8 and gives it as a byte string.</summary>
    public static string FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Decodes a byte string as UTF-8; ill-formed sequences become U+FFFD.</summary>
    public static string ToText(string bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
    }

    /// <summary>Widens bytes to a byte string.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Narrows a byte string to its bytes.</summary>
    public static byte[] ToBytes(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length];
        Narrow(text, bytes);
        return bytes;
    }

    /// <summary>Narrows a byte string into a place that has room for it.</summary>
    /// <returns>Its length.</returns>
    internal static int Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length >= Long)
            return Encoding.Latin1.GetBytes(text, bytes);

        // The core library's conversion is of vector instructions, which are compiled at each start.
        bytes = bytes[..text.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = text[i] <= '\xff' ? (byte)text[i] : (byte)'?';
        return bytes.Length;
    }
}
