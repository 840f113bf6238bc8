namespace PSSandbox.Wasm.Binary;

/// <summary>The custom section with names. It is for people only: what is malformed in it is left out, never an error.</summary>
internal static class NameSection
{
    private const int FunctionNames = 1;

    /// <summary>Adds the names of functions to <paramref name="names"/>.</summary>
    public static void Read(WasmReader reader, Dictionary<int, string> names)
    {
        try
        {
            while (!reader.AtEnd)
            {
                byte id = reader.ReadByte();
                uint size = reader.ReadU32();
                if (id == FunctionNames)
                {
                    for (uint left = reader.ReadU32(); left > 0; left--)
                    {
                        int index = reader.ReadCount(WasmComplexity.MaxFunctions, "functions");
                        names[index] = reader.ReadName();
                    }

                    return;
                }

                reader.Skip((int)Math.Min(size, int.MaxValue));
            }
        }
        catch (WasmFormatException)
        {
            // A name that cannot be read names nothing.
        }
    }
}
