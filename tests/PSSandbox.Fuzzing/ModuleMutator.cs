namespace PSSandbox.Fuzzing;

/// <summary>Damages modules.</summary>
internal static class ModuleMutator
{
    private static readonly byte[] Edges = [0, 1, 0x0b, 0x40, 0x6f, 0x70, 0x7b, 0x7f, 0x80, 0xfc, 0xfd, 0xff];

    /// <summary>A module with one to four changes behind its header.</summary>
    public static byte[] Mutate(byte[] module, RandomSource random)
    {
        List<byte> bytes = [.. module];
        for (int changes = random.Range(1, 4); changes > 0 && bytes.Count > 9; changes--)
        {
            int position = random.Range(8, bytes.Count - 1);
            switch (random.Below(7))
            {
                case 0:
                    bytes[position] = (byte)random.Next();
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << random.Below(8));
                    break;
                case 2:
                    bytes[position] = bytes[random.Range(8, bytes.Count - 1)];
                    break;
                case 3:
                    bytes[position] = random.Pick(Edges);
                    break;
                case 4:
                    bytes.Insert(position, random.Pick(Edges));
                    break;
                case 5:
                    bytes[position] += (byte)(random.OneIn(2) ? 1 : 255);
                    break;
                default:
                    bytes.RemoveRange(position, Math.Min(random.Range(1, 4), bytes.Count - position));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Random bytes, mostly behind the header of a module.</summary>
    public static byte[] Random(RandomSource random)
    {
        byte[] bytes = new byte[random.Below(200)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.Next();
        if (bytes.Length >= 10 && random.Percent(90))
        {
            ReadOnlySpan<byte> header = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
            header.CopyTo(bytes);
            bytes[8] = (byte)random.Below(14);
            bytes[9] = (byte)random.Below(bytes.Length);
        }

        return bytes;
    }
}
