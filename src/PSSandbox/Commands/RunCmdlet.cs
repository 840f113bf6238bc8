using System.Collections;
using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What Invoke-SandboxShell and Invoke-SandboxCommand share: streams in, output in the form asked for, the status.</summary>
public abstract class RunCmdlet : SandboxCmdlet
{
    private SandboxRun? _run;
    private bool _targets;

    /// <summary>Standard input: text as UTF-8 with a line feed after each, bytes as they are. Sandboxes, where -Sandbox is not given, are where it runs.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Where it runs: object, name or id. Without it, in a new sandbox that is gone afterwards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference? Sandbox { get; set; }

    /// <summary>Time after which it is ended with status 124.</summary>
    [Parameter]
    [Alias("Timeout")]
    [DurationTransformation]
    public TimeSpan TimeoutSec { get; set; }

    /// <summary>Environment variables, added to the sandbox's.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Where it begins.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SandboxPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Host folders seen inside while it runs.</summary>
    [Parameter]
    [MountTransformation]
    public SandboxMount[] Mount { get; set; } = [];

    /// <summary>The WebAssembly engine of a new sandbox.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string Engine { get; set; } = "auto";

    /// <summary>What it gives.</summary>
    [Parameter]
    public OutputForm OutputAs { get; set; }

    /// <summary>Where standard error goes. A Result holds it, and sends it elsewhere only when this is given.</summary>
    [Parameter]
    public ErrorForm ErrorAs { get; set; }

    /// <summary>A status other than 0 is an error.</summary>
    [Parameter]
    public SwitchParameter ErrorOnExitCode { get; set; }

    /// <summary>A variable that holds the result afterwards, also after Ctrl+C and whatever -OutputAs says.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultVariable { get; set; }

    private bool HasInput => MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    /// <summary>Starts it in a sandbox.</summary>
    protected abstract SandboxProcess Start(Sandbox sandbox, SandboxRunOptions options);

    /// <summary>What it is, for messages.</summary>
    protected abstract string Describe();

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        if (!HasInput)
            return;
        if (_run is null && Sandbox is null && InputObject?.BaseObject is Sandbox target)
        {
            _targets = true;
            RunWithoutInput(target);
            return;
        }

        _run ??= Begin(Sandbox is null ? null : Resolve(Sandbox), input: true);
        foreach (PSObject? input in InputObjects.Of(InputObject, MyInvocation))
            _run.Write(input);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_targets)
            return;
        _run ??= Begin(Sandbox is null ? null : Resolve(Sandbox), HasInput);
        Finish();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run?.Dispose();
        base.Dispose(disposing);
    }

    private void RunWithoutInput(Sandbox target)
    {
        _run = Begin(target, input: false);
        try
        {
            Finish();
        }
        finally
        {
            _run = null;
        }
    }

    private SandboxRun Begin(Sandbox? target, bool input)
    {
        var request = new SandboxRunRequest
        {
            Sandbox = target,
            Engine = Engine,
            Mounts = HostMounts(Mount),
            Form = OutputAs,
            Errors = OutputAs != OutputForm.Result || MyInvocation.BoundParameters.ContainsKey(nameof(ErrorAs)) ? ErrorAs : ErrorForm.Ignore,
            Options = new SandboxRunOptions
            {
                Environment = Environment.ToText(),
                WorkingDirectory = WorkingDirectory,
                Timeout = TimeoutSec,
            },
        };
        WriteDebug($"{Describe()} runs in {(target is null ? "a new sandbox" : $"sandbox '{target.Name}'")}.");
        return new SandboxRun(this, request, Start, input, StopToken);
    }

    private void Finish()
    {
        SandboxRun run = _run!;
        SandboxResult result;
        try
        {
            result = run.Finish();
            SessionState.PSVariable.Set("global:LASTEXITCODE", result.ExitCode);
            if (ResultVariable is { } name)
                SessionState.PSVariable.Set(name, result);
            WriteVerbose($"{Describe()} ended with status {result.ExitCode} after {result.Duration.TotalSeconds:0.000} s, CPU {result.ResourceUsage.CpuTime.TotalSeconds:0.000} s.");
            if (!StopToken.IsCancellationRequested)
                run.WriteResult(result);
        }
        finally
        {
            run.Dispose();
        }

        if (ErrorOnExitCode && !result.Success)
            WriteError(ExitError(result));
    }

    private ErrorRecord ExitError(SandboxResult result)
    {
        string reason = result.TimedOut ? " (it ran into its time limit)" : result.Violations is [.., { } last] ? $" ({last.Message})" : "";
        return ErrorRecords.Make(
            "SandboxExitCode", ErrorCategory.InvalidResult, $"{Describe()} ended with status {result.ExitCode}{reason}.",
            "Look at standard error: the result's Stderr, or the error stream.", result);
    }
}
