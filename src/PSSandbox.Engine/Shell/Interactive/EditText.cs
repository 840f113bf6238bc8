using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>
/// Text as the editor holds it: a list of codes, each a Unicode scalar value, or <see cref="RawByte"/> plus a byte that is
/// part of no well-formed UTF-8.
/// </summary>
internal static class EditText
{
    /// <summary>Where codes of bytes begin that are no characters.</summary>
    public const int RawByte = 0x110000;

    /// <summary>Decodes a byte string.</summary>
    public static List<int> FromBytes(ReadOnlySpan<char> bytes)
    {
        var codes = new List<int>(bytes.Length);
        byte[] raw = ByteText.ToBytes(bytes);
        for (int i = 0; i < raw.Length;)
        {
            if (Rune.DecodeFromUtf8(raw.AsSpan(i), out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                codes.Add(rune.Value);
                i += length;
            }
            else
            {
                codes.Add(RawByte + raw[i++]);
            }
        }

        return codes;
    }

    /// <summary>Encodes codes as a byte string.</summary>
    public static string ToBytes(List<int> codes) => ToBytes(codes, 0, codes.Count);

    /// <summary>Encodes some of the codes.</summary>
    public static string ToBytes(List<int> codes, int start, int end)
    {
        var bytes = new StringBuilder(end - start);
        for (int i = start; i < end; i++)
            Append(bytes, codes[i]);
        return bytes.ToString();
    }

    /// <summary>Appends a code's bytes.</summary>
    public static void Append(StringBuilder bytes, int code)
    {
        if (code < 0x80)
        {
            bytes.Append((char)code);
            return;
        }

        if (code >= RawByte)
        {
            bytes.Append((char)(code - RawByte));
            return;
        }

        Span<byte> encoded = stackalloc byte[4];
        foreach (byte b in encoded[..new Rune(code).EncodeToUtf8(encoded)])
            bytes.Append((char)b);
    }

    /// <summary>Whether a code belongs to a word for moving by words: letters, digits, and what is not ASCII.</summary>
    public static bool IsWord(int code) => code >= 0x80 || char.IsAsciiLetterOrDigit((char)code);
}
