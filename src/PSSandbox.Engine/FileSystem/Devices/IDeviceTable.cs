namespace PSSandbox.FileSystem;

/// <summary>Knows what stands behind the numbers of device nodes.</summary>
internal interface IDeviceTable
{
    /// <summary>Opens a device. ENXIO for a number that nothing stands behind.</summary>
    /// <param name="node">The node that was opened.</param>
    /// <param name="device">Its number, major &lt;&lt; 8 | minor.</param>
    /// <param name="flags">How.</param>
    /// <param name="caller">Who opens it.</param>
    /// <param name="file">The description, with one reference.</param>
    Errno Open(Node node, ulong device, OpenFlags flags, IBlockingCaller? caller, out OpenFile? file);
}
