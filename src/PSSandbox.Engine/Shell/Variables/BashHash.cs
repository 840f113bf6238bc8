namespace PSSandbox.Shell.Variables;

/// <summary>The hash function by which bash orders what it keeps in tables: FNV-1 of 32 bits.</summary>
internal static class BashHash
{
    /// <summary>The hash of a byte string.</summary>
    public static uint Of(string key)
    {
        uint hash = 2166136261;
        foreach (char c in key)
            hash = (hash * 16777619) ^ c;
        return hash;
    }
}
