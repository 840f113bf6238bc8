using System.Management.Automation;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to Set-Content and Add-Content.</summary>
public sealed class ContentWriteParameters : ContentParameters
{
    /// <summary>No line feed after a text.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }
}
