using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox;

/// <summary>Errors of the engine as PowerShell shows them.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error: its code is the FullyQualifiedErrorId.</summary>
    public static ErrorRecord From(SandboxException error, object? target) =>
        new(error, error.Code.ToString(), Category(error.Code), target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = Advice(error.Code) },
        };

    /// <summary>A record for what is not an error of the engine.</summary>
    public static ErrorRecord Make(string id, ErrorCategory category, string message, string advice, object? target) =>
        new(new InvalidOperationException(message), id, category, target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice },
        };

    private static ErrorCategory Category(SandboxErrorCode code) => code switch
    {
        SandboxErrorCode.SandboxNotFound or SandboxErrorCode.FileNotFound or SandboxErrorCode.ProcessNotFound => ErrorCategory.ObjectNotFound,
        SandboxErrorCode.SandboxExists => ErrorCategory.ResourceExists,
        SandboxErrorCode.SandboxBusy => ErrorCategory.ResourceBusy,
        SandboxErrorCode.SandboxLimitExceeded => ErrorCategory.LimitsExceeded,
        SandboxErrorCode.SandboxNotRunning => ErrorCategory.InvalidOperation,
        SandboxErrorCode.InvalidOption => ErrorCategory.InvalidArgument,
        SandboxErrorCode.RuntimeMissing => ErrorCategory.NotInstalled,
        SandboxErrorCode.MountFailed or SandboxErrorCode.SandboxInitFailed => ErrorCategory.OpenError,
        _ => ErrorCategory.WriteError,
    };

    private static string Advice(SandboxErrorCode code) => code switch
    {
        SandboxErrorCode.SandboxNotFound => "List the sandboxes with Get-Sandbox, or make one with New-Sandbox.",
        SandboxErrorCode.SandboxExists => "Choose another name, or remove the other with Remove-Sandbox.",
        SandboxErrorCode.SandboxNotRunning => "See its status with Get-Sandbox; resume it with Resume-Sandbox, or make a new one with New-Sandbox.",
        SandboxErrorCode.SandboxBusy => "Try again when it has finished.",
        SandboxErrorCode.SandboxLimitExceeded => "Free what the sandbox holds, or make one with a higher limit: New-Sandbox -Memory, -Storage, -FileLimit, -ProcessLimit.",
        SandboxErrorCode.FileNotFound => "See what is there with Get-ChildItem; the files of a sandbox are in Sandbox:/NAME.",
        SandboxErrorCode.FileOperationFailed => "Check the path, its type and its permissions with Get-Item; the files of a sandbox are in Sandbox:/NAME.",
        SandboxErrorCode.MountFailed => "Check that the host folder exists and that the path inside is absolute.",
        SandboxErrorCode.ProcessNotFound => "List the processes with Get-SandboxProcess.",
        SandboxErrorCode.RuntimeMissing => "See what is installed with Get-SandboxRuntime; PSSANDBOX_USERLAND names the folder of the userland.",
        _ => "See the cmdlet's help for what the option takes.",
    };
}
