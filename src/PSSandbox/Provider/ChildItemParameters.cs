using System.Management.Automation;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to Get-ChildItem, as PowerShell's own file system does.</summary>
public sealed class ChildItemParameters
{
    /// <summary>No folders.</summary>
    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    /// <summary>Only folders.</summary>
    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    /// <summary>Whether an item is wanted.</summary>
    internal bool Wants(bool container) => container ? !File : !Directory;
}
