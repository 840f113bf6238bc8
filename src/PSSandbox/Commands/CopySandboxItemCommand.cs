using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Completion;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary><c>Copy-SandboxItem</c>: files and folders from the host into a sandbox, or from it to the host.</summary>
[Cmdlet(VerbsCommon.Copy, "SandboxItem", DefaultParameterSetName = ToPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void), typeof(SandboxItem), typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class CopySandboxItemCommand : SandboxCmdlet
{
    private const string ToPath = "ToPath", ToLiteralPath = "ToLiteralPath", FromPath = "FromPath", FromLiteralPath = "FromLiteralPath";
    private readonly CopyReport _report;

    /// <summary>Makes the cmdlet.</summary>
    public CopySandboxItemCommand() => _report = new CopyReport(this);

    /// <summary>What to copy, with wildcards: paths of the host with -ToSandbox, paths inside with -FromSandbox.</summary>
    [Parameter(ParameterSetName = ToPath, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = FromPath, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CopyPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>What to copy, taken as it is: files of the pipeline come this way.</summary>
    [Parameter(ParameterSetName = ToLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = FromLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ArgumentCompleter(typeof(CopyPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where to: a folder that is there, or the new name. Without it, where commands begin inside, or PowerShell's location.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(CopyPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The sandbox that gets the files, by object, name or id.</summary>
    [Parameter(ParameterSetName = ToPath, Mandatory = true)]
    [Parameter(ParameterSetName = ToLiteralPath, Mandatory = true)]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference ToSandbox { get; set; } = null!;

    /// <summary>The sandbox that has the files, by object, name or id.</summary>
    [Parameter(ParameterSetName = FromPath, Mandatory = true)]
    [Parameter(ParameterSetName = FromLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Sandbox")]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public SandboxReference FromSandbox { get; set; } = null!;

    /// <summary>Folders with all that is in them.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Replaces files that may not be written, and links and files where something else comes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives what was made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessOne()
    {
        bool literal = ParameterSetName is ToLiteralPath or FromLiteralPath;
        bool to = ParameterSetName is ToPath or ToLiteralPath;
        Sandbox sandbox = Resolve(to ? ToSandbox : FromSandbox);
        foreach (string path in literal ? LiteralPath : Path)
        {
            Guard(
                () =>
                {
                    foreach (string source in to ? HostSources(path, literal) : InnerSources(sandbox, path, literal))
                        Guard(() => Copy(sandbox, source, to), source);
                },
                path);
        }
    }

    /// <inheritdoc/>
    protected override void End() => _report.Complete();

    private IEnumerable<string> HostSources(string path, bool literal)
    {
        if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
            return [HostPath(path)];
        IEnumerable<string> found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        return provider.Name == "FileSystem" ? found : [HostPath(path)];
    }

    private static IEnumerable<string> InnerSources(Sandbox sandbox, string path, bool literal)
    {
        string inner = SandboxWildcard.Inner(path, sandbox);
        return literal ? [inner] : SandboxWildcard.Expand(sandbox, inner);
    }

    private void Copy(Sandbox sandbox, string source, bool to)
    {
        string target = to ? InnerTarget(sandbox, source) : HostTarget(source);
        string what = to ? $"{source} to {target} in sandbox '{sandbox.Name}'" : $"{source} of sandbox '{sandbox.Name}' to {target}";
        if (!ShouldProcess(what, "Copy-SandboxItem"))
            return;
        WriteVerbose($"Copying {what}.");
        int failures = 0;
        var options = new CopyOptions
        {
            Recurse = Recurse,
            Force = Force,
            Progress = _report.Show,
            Failed = e =>
            {
                failures++;
                WriteError(ErrorRecords.From(e, source));
            },
        };
        try
        {
            if (to)
                sandbox.CopyIn(source, target, options, StopToken);
            else
                sandbox.CopyOut(source, target, options, StopToken);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        if (PassThru && failures == 0)
            WriteObject(to ? sandbox.GetItem(target) : InvokeProvider.Item.Get([target], force: true, literalPath: true), enumerateCollection: true);
    }

    private string InnerTarget(Sandbox sandbox, string source)
    {
        string inner = SandboxWildcard.Inner(Destination, sandbox);
        if (!inner.StartsWith('/'))
            inner = $"{sandbox.Options.WorkingDirectory.TrimEnd('/')}/{(inner == "." ? "" : inner)}";
        bool folder = inner.EndsWith('/') || inner.EndsWith("/.", StringComparison.Ordinal) || inner.EndsWith("/..", StringComparison.Ordinal)
            || sandbox.ItemExists(inner) && sandbox.GetItem(inner, follow: true).IsContainer;
        return folder ? $"{inner.TrimEnd('/')}/{System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(source))}" : inner;
    }

    private string HostTarget(string source)
    {
        string host = HostPath(Destination);
        string name = source.TrimEnd('/');
        name = name[(name.LastIndexOf('/') + 1)..];
        bool folder = System.IO.Path.EndsInDirectorySeparator(Destination) || Directory.Exists(host);
        if (!folder || name is "" or "." or "..")
            return host;

        // A name inside may be a path on the host: '..\up' or 'C:over' where those are separators.
        if (System.IO.Path.GetFileName(name) != name)
            throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{source}' was not copied: this host has no file of such a name.");
        return System.IO.Path.Combine(host, name);
    }
}
