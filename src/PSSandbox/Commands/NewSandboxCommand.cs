using System.Collections;
using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>New-Sandbox</c>: makes a sandbox that is found by its name.</summary>
[Cmdlet(VerbsCommon.New, "Sandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Sandbox))]
public sealed class NewSandboxCommand : SandboxCmdlet
{
    /// <summary>Names; one sandbox is made for each. Without any, one with a name made up.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Host folders seen inside.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MountTransformation]
    public SandboxMount[] Mount { get; set; } = [];

    /// <summary>Environment variables.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Environment { get; set; }

    /// <summary>Where commands begin.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string WorkingDirectory { get; set; } = "/root";

    /// <summary>Labels to find it by.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Label { get; set; }

    /// <summary>The WebAssembly engine.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string Engine { get; set; } = "auto";

    /// <summary>The name that <c>hostname</c> gives inside.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Hostname { get; set; } = "sandbox";

    /// <summary>Most memory of all processes, in bytes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MemoryLimit")]
    [ByteSizeTransformation]
    [ValidateRange(0, long.MaxValue)]
    public long Memory { get; set; } = new SandboxLimits().MemoryBytes;

    /// <summary>Most bytes in its own files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StorageLimit")]
    [ByteSizeTransformation]
    [ValidateRange(0, long.MaxValue)]
    public long Storage { get; set; } = new SandboxLimits().StorageBytes;

    /// <summary>Most files, directories and links of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int FileLimit { get; set; } = new SandboxLimits().Inodes;

    /// <summary>Most processes at one time.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1 << 20)]
    public int ProcessLimit { get; set; } = new SandboxLimits().Processes;

    /// <summary>Most open descriptors of one process.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1 << 20)]
    public int DescriptorLimit { get; set; } = new SandboxLimits().Descriptors;

    /// <summary>Most CPU time of all processes together; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan CpuTime { get; set; }

    /// <summary>Most WebAssembly instructions of each program; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, long.MaxValue)]
    public long Fuel { get; set; }

    /// <summary>Most bytes of output kept for one run.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ByteSizeTransformation]
    [ValidateRange(0, long.MaxValue)]
    public long OutputLimit { get; set; } = new SandboxLimits().OutputBytes;

    /// <summary>User id that commands run as.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int UserId { get; set; }

    /// <summary>Group id that commands run as.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int GroupId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        if (Name is null)
            Create(null);
        foreach (string name in Name ?? [])
            Guard(() => Create(name), name);
    }

    private void Create(string? name)
    {
        if (!ShouldProcess(name ?? "a new name", "New-Sandbox"))
            return;
        var options = new SandboxOptions
        {
            Name = name,
            HostName = Hostname,
            Mounts = HostMounts(Mount),
            Environment = Environment.ToText(),
            WorkingDirectory = WorkingDirectory,
            Labels = Label.ToText(),
            Engine = Engine,
            UserId = UserId,
            GroupId = GroupId,
            Limits = new SandboxLimits
            {
                MemoryBytes = Memory,
                StorageBytes = Storage,
                Inodes = FileLimit,
                Processes = ProcessLimit,
                Descriptors = DescriptorLimit,
                CpuTime = CpuTime,
                Fuel = Fuel,
                OutputBytes = OutputLimit,
            },
        };
        Sandbox sandbox = SandboxRegistry.Default.Create(options).Own();
        WriteVerbose($"Made sandbox '{sandbox.Name}' ({sandbox.Id}): memory {(Memory == 0 ? "without limit" : ByteSize.Format(Memory))}, engine {Engine}.");
        WriteObject(sandbox);
    }
}
