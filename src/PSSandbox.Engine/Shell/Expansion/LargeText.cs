using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Copies of values, which may have hundreds of megabytes: in pieces, between which the process can be ended or stopped.</summary>
internal static class LargeText
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

    /// <summary>What a builder holds.</summary>
    public static string ToText(StringBuilder builder, IExpansionHost? host)
    {
        if (builder.Length <= Piece)
            return builder.ToString();
        return string.Create(builder.Length, (builder, host), static (target, source) =>
        {
            foreach (ReadOnlyMemory<char> chunk in source.builder.GetChunks())
            {
                Copy(chunk.Span, target, source.host);
                target = target[chunk.Length..];
            }
        });
    }

    /// <summary>Narrows a byte string to its bytes.</summary>
    public static byte[] ToBytes(ReadOnlySpan<char> text, IExpansionHost? host)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(text.Length);
        for (int at = 0; at < bytes.Length; at += Piece)
        {
            PatternMatcher.CheckAttention(host);
            Encoding.Latin1.GetBytes(text.Slice(at, Math.Min(Piece, bytes.Length - at)), bytes.AsSpan(at));
        }

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

    private readonly ref struct Pair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, IExpansionHost? host)
    {
        public readonly ReadOnlySpan<char> First = first;
        public readonly ReadOnlySpan<char> Second = second;
        public readonly IExpansionHost? Host = host;
    }
}
