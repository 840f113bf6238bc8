using System.Runtime.InteropServices;

namespace PSSandbox.Shell.Expansion;

/// <summary>Sorts what may be millions: in pieces, between which the process can be ended or stopped.</summary>
internal static class LargeSort
{
    private const int Piece = 4096;

    /// <summary>Sorts names in byte order.</summary>
    public static void Sort(List<string> names, IExpansionHost? host) => Sort(names, StringComparer.Ordinal, host);

    /// <summary>Sorts by an order; what is equal in it may change places.</summary>
    public static void Sort<T>(List<T> items, IComparer<T> order, IExpansionHost? host)
    {
        for (int start = 0; start < items.Count; start += Piece)
        {
            items.Sort(start, Math.Min(Piece, items.Count - start), order);
            PatternMatcher.CheckAttention(host);
        }

        if (items.Count <= Piece)
            return;
        Span<T> source = CollectionsMarshal.AsSpan(items);
        Span<T> target = new T[source.Length];
        for (long width = Piece; width < source.Length; width *= 2)
        {
            for (long start = 0; start < source.Length; start += 2 * width)
            {
                int middle = (int)Math.Min(start + width, source.Length);
                int end = (int)Math.Min(start + (2 * width), source.Length);
                Merge(source[(int)start..middle], source[middle..end], target[(int)start..end], order, host);
            }

            Span<T> sorted = target;
            target = source;
            source = sorted;
        }

        // Their last place is the list or the other.
        source.CopyTo(CollectionsMarshal.AsSpan(items));
    }

    private static void Merge<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> target, IComparer<T> order, IExpansionHost? host)
    {
        int left = 0;
        int right = 0;
        for (int i = 0; i < target.Length; i++)
        {
            if ((i & (Piece - 1)) == 0)
                PatternMatcher.CheckAttention(host);
            bool takesFirst = right == second.Length || (left < first.Length && order.Compare(first[left], second[right]) <= 0);
            target[i] = takesFirst ? first[left++] : second[right++];
        }
    }
}
