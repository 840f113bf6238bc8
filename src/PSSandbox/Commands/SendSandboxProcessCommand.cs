using System.Management.Automation;
using System.Text;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Send-SandboxProcess</c>: writes the standard input of a started process.</summary>
[Cmdlet(VerbsCommunications.Send, "SandboxProcess", DefaultParameterSetName = "Process", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class SendSandboxProcessCommand : SandboxCmdlet
{
    private SandboxProcess? _target;
    private bool _wanted;

    /// <summary>The process that Start-SandboxProcess gave.</summary>
    [Parameter(ParameterSetName = "Process", Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public SandboxProcess? Process { get; set; }

    /// <summary>The sandbox that it runs in.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true)]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference Sandbox { get; set; } = null!;

    /// <summary>Its id inside.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true)]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    public int Id { get; set; }

    /// <summary>What to write: text as UTF-8 with a line feed after each, bytes as they are.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>No line feed after a text.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>The end of the input comes after it.</summary>
    [Parameter]
    public SwitchParameter Complete { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _target = Process ?? Resolve(Sandbox).GetStartedProcess(Id);
        _wanted = ShouldProcess(Target(_target.Id, _target.Sandbox), "Send-SandboxProcess");
        if (_target.Input is null)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"Process {_target.Id} of sandbox '{_target.Sandbox}' was started without an input that can be written to.");
    }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        foreach (PSObject? value in InputObjects.Of(InputObject, MyInvocation))
        {
            if (_wanted && value is not null && _target?.Input is { } input)
                Write(_target, input, value);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_wanted && Complete)
            _target?.Input?.Complete();
    }

    private void Write(SandboxProcess target, InputQueue input, PSObject value)
    {
        byte[] bytes = value.BaseObject switch
        {
            byte[] some => some,
            byte one => [one],
            _ => Encoding.UTF8.GetBytes(LanguagePrimitives.ConvertTo<string>(value) + (NoNewline ? "" : "\n")),
        };
        if (input.Write(bytes, StopToken) || StopToken.IsCancellationRequested)
            return;
        _wanted = false;
        throw new SandboxException(SandboxErrorCode.ProcessNotFound, $"Process {target.Id} of sandbox '{target.Sandbox}' no longer reads its input.");
    }
}
