using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Copies of values, which may have hundreds of megabytes: in pieces, between which the process can be ended or stopped.</summary>
internal static partial class LargeText
{
    /// <summary>Characters of one piece, which take a fraction of a millisecond.</summary>
    public const int Piece = 256 << 10;

    /// <summary>A part of a value as a value of its own.</summary>
    public static string Copy(ReadOnlySpan<char> text, IExpansionHost? host) =>
        text.Length <= Piece ? text.ToString() : Concat(text, default, host);

    /// <summary>Two values, one after the other.</summary>
    public static string Concat(ReadOnlySpan<char> first, ReadOnlySpan<char> second, IExpansionHost? host) =>
        string.Create(first.Length + second.Length, new Pair(first, second, host), static (target, pair) =>
        {
            Copy(pair.First, target, pair.Host);
            Copy(pair.Second, target[pair.First.Length..], pair.Host);
        });

    /// <summary>Values with another between them.</summary>
    public static string Join(string joint, ReadOnlySpan<string> values, IExpansionHost? host)
    {
        if (values.Length < 1024)
            return string.Join(joint, values!);
        StringBuilder result = new();
        for (int i = 0; i < values.Length; i++)
        {
            if ((i & 0xfff) == 0xfff)
                PatternMatcher.CheckAttention(host);
            if (i > 0)
                result.Append(joint);
            Append(result, values[i], host);
        }

        return ToText(result, host);
    }

    /// <summary>What a builder holds.</summary>
    public static string ToText(StringBuilder builder, IExpansionHost? host)
    {
        if (builder.Length <= Piece)
            return builder.ToString();
        return string.Create(builder.Length, (builder, host), static (target, source) =>
        {
            // A builder's chunks are far shorter than a piece.
            int since = 0;
            foreach (ReadOnlyMemory<char> chunk in source.builder.GetChunks())
            {
                Copy(chunk.Span, target, source.host);
                target = target[chunk.Length..];
                since += chunk.Length;
                if (since < Piece)
                    continue;
                since = 0;
                PatternMatcher.CheckAttention(source.host);
            }
        });
    }

    /// <summary>Widens bytes to a byte string.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes, IExpansionHost? host)
    {
        if (bytes.Length <= Piece)
            return Encoding.Latin1.GetString(bytes);
        return string.Create(bytes.Length, new Source(bytes, host), static (target, source) => Widen(source.Bytes, target, source.Host));
    }

    /// <summary>Widens bytes to characters.</summary>
    public static void Widen(ReadOnlySpan<byte> bytes, Span<char> target, IExpansionHost? host)
    {
        for (; bytes.Length > Piece; bytes = bytes[Piece..], target = target[Piece..])
        {
            Encoding.Latin1.GetChars(bytes[..Piece], target);
            PatternMatcher.CheckAttention(host);
        }

        Encoding.Latin1.GetChars(bytes, target);
    }

    /// <summary>Narrows characters to bytes.</summary>
    public static void Narrow(ReadOnlySpan<char> text, Span<byte> target, IExpansionHost? host)
    {
        for (; text.Length > Piece; text = text[Piece..], target = target[Piece..])
        {
            Encoding.Latin1.GetBytes(text[..Piece], target);
            PatternMatcher.CheckAttention(host);
        }

        ByteText.Narrow(text, target);
    }

    /// <summary>Narrows a byte string to its bytes.</summary>
    public static byte[] ToBytes(ReadOnlySpan<char> text, IExpansionHost? host)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(text.Length);
        Narrow(text, bytes, host);
        return bytes;
    }

    /// <summary>Copies characters.</summary>
    public static void Copy(ReadOnlySpan<char> source, Span<char> target, IExpansionHost? host)
    {
        while (source.Length > Piece)
        {
            source[..Piece].CopyTo(target);
            source = source[Piece..];
            target = target[Piece..];
            PatternMatcher.CheckAttention(host);
        }

        source.CopyTo(target);
    }

    /// <summary>Appends a character many times.</summary>
    public static void Repeat(StringBuilder builder, char c, int count, IExpansionHost? host)
    {
        for (; count > Piece; count -= Piece)
        {
            builder.Append(c, Piece);
            PatternMatcher.CheckAttention(host);
        }

        builder.Append(c, count);
    }

    /// <summary>Appends a value.</summary>
    public static void Append(StringBuilder builder, ReadOnlySpan<char> text, IExpansionHost? host)
    {
        for (; text.Length > Piece; text = text[Piece..])
        {
            builder.Append(text[..Piece]);
            PatternMatcher.CheckAttention(host);
        }

        builder.Append(text);
    }

    private readonly ref struct Source(ReadOnlySpan<byte> bytes, IExpansionHost? host)
    {
        public readonly ReadOnlySpan<byte> Bytes = bytes;
        public readonly IExpansionHost? Host = host;
    }

    private readonly ref struct Pair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, IExpansionHost? host)
    {
        public readonly ReadOnlySpan<char> First = first;
        public readonly ReadOnlySpan<char> Second = second;
        public readonly IExpansionHost? Host = host;
    }
}
