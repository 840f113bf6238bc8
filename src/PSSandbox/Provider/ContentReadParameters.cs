using System.Management.Automation;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to Get-Content.</summary>
public sealed class ContentReadParameters : ContentParameters
{
    /// <summary>All of the file as one object.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }
}
