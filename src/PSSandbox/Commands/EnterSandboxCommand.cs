using System.Collections;
using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Enter-Sandbox</c>: a terminal with a shell in a sandbox, until the shell ends.</summary>
[Cmdlet(VerbsCommon.Enter, "Sandbox")]
[OutputType(typeof(void), typeof(SandboxResult))]
public sealed class EnterSandboxCommand : SandboxCmdlet
{
    /// <summary>Which, by object, name or id. Without it, a new one that is gone afterwards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference? Sandbox { get; set; }

    /// <summary>What runs on the terminal; an interactive shell without it.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = ["bash", "-i"];

    /// <summary>Environment variables, added to the sandbox's.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Where it begins.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SandboxPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Gives the result of the shell.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        if (!ConsoleTerminal.IsAvailable)
        {
            WriteError(ErrorRecords.Make(
                "SandboxNoTerminal", ErrorCategory.DeviceError, "There is no terminal here: input or output is redirected.",
                "Run scripts with Invoke-SandboxShell.", Sandbox));
            return;
        }

        Sandbox sandbox = Sandbox is null ? Sandboxes.Sandbox.Create() : Resolve(Sandbox);
        try
        {
            SandboxResult result = ConsoleTerminal.Run(sandbox, new TerminalOptions
            {
                Arguments = Command,
                Environment = Environment.ToText(),
                WorkingDirectory = WorkingDirectory,
            });
            SessionState.PSVariable.Set("global:LASTEXITCODE", result.ExitCode);
            if (PassThru)
                WriteObject(result);
        }
        finally
        {
            if (Sandbox is null)
                sandbox.Dispose();
        }
    }
}
