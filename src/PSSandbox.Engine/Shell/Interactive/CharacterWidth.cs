using System.Globalization;
using System.Text;

namespace PSSandbox.Shell.Interactive;

/// <summary>How many columns characters take on a terminal.</summary>
internal static class CharacterWidth
{
    /// <summary>Ranges of two columns: Unicode's East Asian Wide and Fullwidth, and what is shown as emoji.</summary>
    private static ReadOnlySpan<int> Wide =>
    [
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3,
        0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1,
        0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea,
        0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
        0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
        0x3041, 0xa4cf, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6f,
        0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18d08, 0x1aff0, 0x1b2fb, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf,
        0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393,
        0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440,
        0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596,
        0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d7,
        0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0, 0x1f90c, 0x1f93a,
        0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faf8, 0x20000, 0x2fffd, 0x30000, 0x3fffd,
    ];

    /// <summary>Columns of a code of <see cref="EditText"/> that is no control character: 0 to 2.</summary>
    public static int Of(int code)
    {
        if (code < 0x300 || code >= EditText.RawByte)
            return 1;
        if (Rune.GetUnicodeCategory(new Rune(code)) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        if (code < Wide[0])
            return 1;
        int low = 0;
        int high = (Wide.Length / 2) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (code < Wide[2 * middle])
                high = middle - 1;
            else if (code > Wide[(2 * middle) + 1])
                low = middle + 1;
            else
                return 2;
        }

        return 1;
    }

    /// <summary>Columns of a byte string that has no line breaks; escape sequences take none.</summary>
    public static int Of(string bytes)
    {
        int width = 0;
        List<int> codes = EditText.FromBytes(bytes);
        for (int i = 0; i < codes.Count;)
        {
            int length = EscapeLength(codes, i);
            if (length == 0)
            {
                width += codes[i] < ' ' ? 0 : Of(codes[i]);
                length = 1;
            }

            i += length;
        }

        return width;
    }

    /// <summary>Length of the escape sequence (ECMA-48) that begins at an index; 0 if none does.</summary>
    public static int EscapeLength(List<int> codes, int index)
    {
        if (codes[index] != 0x1b || index + 1 >= codes.Count)
            return 0;
        int i = index + 2;
        switch (codes[index + 1])
        {
            case '[':
                while (i < codes.Count && codes[i] is < 0x40 or > 0x7e)
                    i++;
                return Math.Min(i + 1, codes.Count) - index;
            case ']' or 'P' or '_' or '^':
                while (i < codes.Count && codes[i] != 7 && !(codes[i] == '\\' && codes[i - 1] == 0x1b))
                    i++;
                return Math.Min(i + 1, codes.Count) - index;
            case '(' or ')':
                return Math.Min(3, codes.Count - index);
            default:
                return 2;
        }
    }
}
