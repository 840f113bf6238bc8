namespace PSSandbox.Userland;

/// <summary>The native commands that every sandbox has. The shells are added by who knows them.</summary>
internal static class NativeCommands
{
    /// <summary>Makes a table of them, to which more can be added.</summary>
    public static NativeCommandTable CreateTable()
    {
        var table = new NativeCommandTable();
        return table;
    }
}
