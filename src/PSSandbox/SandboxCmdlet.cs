using System.Management.Automation;
using PSSandbox.Binding;
using PSSandbox.Sandboxes;

namespace PSSandbox;

/// <summary>What all cmdlets share: cancellation by Ctrl+C, errors of the engine as error records, sandboxes by name.</summary>
public abstract class SandboxCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Set when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(ProcessOne);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Before the first object of the pipeline.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>For each object of the pipeline.</summary>
    protected virtual void ProcessOne()
    {
    }

    /// <summary>After the last object of the pipeline.</summary>
    protected virtual void End()
    {
    }

    /// <summary>When the pipeline is over, however it ended.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    /// <summary>Does something; what the engine refuses becomes an error record and the pipeline goes on.</summary>
    protected void Guard(Action action, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (SandboxException e)
        {
            WriteError(ErrorRecords.From(e, target));
        }
    }

    /// <summary>The sandbox that a reference means.</summary>
    /// <exception cref="SandboxException">SandboxNotFound.</exception>
    protected static Sandbox Resolve(SandboxReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Sandbox ?? SandboxRegistry.Default.Get(reference.Name);
    }

    /// <summary>The sandboxes that references mean; a name with wildcards means all that match, also none.</summary>
    protected IEnumerable<Sandbox> ResolveAll(IEnumerable<SandboxReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        foreach (SandboxReference reference in references)
        {
            if (reference.Sandbox is null && WildcardPattern.ContainsWildcardCharacters(reference.Name))
            {
                var pattern = new WildcardPattern(reference.Name, WildcardOptions.IgnoreCase);
                foreach (Sandbox match in SandboxRegistry.Default.Sandboxes)
                {
                    if (pattern.IsMatch(match.Name))
                        yield return match;
                }

                continue;
            }

            Sandbox? sandbox = null;
            Guard(() => sandbox = Resolve(reference), reference.Name);
            if (sandbox is not null)
                yield return sandbox;
        }
    }

    /// <summary>A process, as -WhatIf and -Confirm name it.</summary>
    protected static string Target(int id, string sandbox) => $"process {id} of sandbox '{sandbox}'";

    /// <summary>A path of the host as PowerShell writes it (relative to its location, or of a drive) as the host's own.</summary>
    protected string HostPath(string path)
    {
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? full
            : throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{path}' is not a path of the file system.");
    }

    /// <summary>Mounts with the host's own paths.</summary>
    protected SandboxMount[] HostMounts(SandboxMount[] mounts)
    {
        ArgumentNullException.ThrowIfNull(mounts);
        return Array.ConvertAll(mounts, mount => mount with { HostPath = HostPath(mount.HostPath) });
    }
}
