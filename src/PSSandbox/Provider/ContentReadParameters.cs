using System.Management.Automation;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to Get-Content.</summary>
public sealed class ContentReadParameters : ContentParameters
{
    /// <summary>All of the file as one object.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Only so many lines or bytes from the end: PowerShell keeps -Tail for its own file system.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TailCount { get; set; } = int.MaxValue;
}
