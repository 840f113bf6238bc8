using System.Management.Automation;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Invoke-SandboxCommand</c>: runs a program in a sandbox, without a shell.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SandboxCommand")]
[OutputType(typeof(SandboxResult), typeof(string), typeof(byte[]), typeof(PSObject), typeof(System.Xml.XmlDocument))]
public sealed class InvokeSandboxCommandCommand : RunCmdlet
{
    /// <summary>The program: a name searched for along PATH, or a path inside.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>Its arguments.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    [ArgumentCompleter(typeof(SandboxPathCompleter))]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <inheritdoc/>
    protected override SandboxProcess Start(Sandbox sandbox, SandboxRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return sandbox.Start([Command, .. ArgumentList], options);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"The program '{Command}'";
}
