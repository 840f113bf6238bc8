using System.Management.Automation;
using System.Text;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Invoke-SandboxShell</c>: runs a shell script in a sandbox.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SandboxShell", DefaultParameterSetName = "Command")]
[OutputType(typeof(SandboxResult), typeof(string), typeof(byte[]), typeof(PSObject), typeof(System.Xml.XmlDocument))]
public sealed class InvokeSandboxShellCommand : RunCmdlet
{
    private byte[]? _script;

    /// <summary>The script.</summary>
    [Parameter(ParameterSetName = "Command", Mandatory = true, Position = 0)]
    [Alias("Script")]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    [AllowEmptyString]
    public string Command { get; set; } = "";

    /// <summary>A file of the host that holds the script.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The script's $1 and so on.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>The shell: bash, or a POSIX one.</summary>
    [Parameter]
    [ValidateSet("bash", "sh", "ash", "dash")]
    public string Shell { get; set; } = "bash";

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (ParameterSetName != "Path")
        {
            _script = Encoding.UTF8.GetBytes(Command);
            return;
        }

        string path = HostPath(Path);
        try
        {
            _script = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SandboxErrorCode code = e is FileNotFoundException or DirectoryNotFoundException ? SandboxErrorCode.FileNotFound : SandboxErrorCode.FileOperationFailed;
            ThrowTerminatingError(ErrorRecords.From(new SandboxException(code, $"The script '{path}' cannot be read: {e.Message}", e), path));
        }
    }

    /// <inheritdoc/>
    protected override SandboxProcess Start(Sandbox sandbox, SandboxRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return sandbox.StartShell(_script, options with
        {
            Shell = Shell,
            ScriptName = ParameterSetName == "Path" ? System.IO.Path.GetFileName(Path) : null,
            Arguments = ArgumentList,
        });
    }

    /// <inheritdoc/>
    protected override string Describe() => ParameterSetName == "Path" ? $"The script '{Path}'" : "The script";
}
