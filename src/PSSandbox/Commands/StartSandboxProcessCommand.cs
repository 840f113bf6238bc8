using System.Collections;
using System.Management.Automation;
using System.Text;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Start-SandboxProcess</c>: starts a program or a script in a sandbox and returns at once.</summary>
[Cmdlet(VerbsLifecycle.Start, "SandboxProcess", DefaultParameterSetName = "Command", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SandboxProcess))]
public sealed class StartSandboxProcessCommand : SandboxCmdlet
{
    /// <summary>The program: a name searched for along PATH, or a path inside.</summary>
    [Parameter(ParameterSetName = "Command", Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>A shell script in its place.</summary>
    [Parameter(ParameterSetName = "Script", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Script { get; set; } = "";

    /// <summary>The program's arguments, or the script's $1 and so on.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>Where it runs; one process is started in each.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference[] Sandbox { get; set; } = [];

    /// <summary>Environment variables, added to the sandbox's.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Where it begins.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SandboxPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Time after which it is ended with status 124.</summary>
    [Parameter]
    [Alias("Timeout")]
    [DurationTransformation]
    public TimeSpan TimeoutSec { get; set; }

    /// <summary>Gives it an empty standard input, instead of one that Send-SandboxProcess writes.</summary>
    [Parameter]
    public SwitchParameter NoInput { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (Sandbox sandbox in ResolveAll(Sandbox))
            Guard(() => Start(sandbox), sandbox);
    }

    private void Start(Sandbox sandbox)
    {
        bool script = ParameterSetName == "Script";
        if (!ShouldProcess($"{(script ? "a script" : Command)} in sandbox '{sandbox.Name}'", "Start-SandboxProcess"))
            return;
        var options = new SandboxRunOptions
        {
            Environment = Environment.ToText(),
            WorkingDirectory = WorkingDirectory,
            Timeout = TimeoutSec,
            Input = NoInput ? null : new InputQueue(),
            KeepNewestOutput = true,
            Keep = true,
            Arguments = script ? ArgumentList : [],
        };
        SandboxProcess process = script
            ? sandbox.StartShell(Encoding.UTF8.GetBytes(Script), options)
            : sandbox.Start([Command, .. ArgumentList], options);
        WriteVerbose($"Started process {process.Id} in sandbox '{sandbox.Name}'.");
        WriteObject(process);
    }
}
