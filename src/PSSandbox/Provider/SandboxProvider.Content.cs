using System.Management.Automation.Provider;
using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

// Get-Content, Set-Content, Add-Content, Clear-Content.
public sealed partial class SandboxProvider : IContentCmdletProvider
{
    /// <inheritdoc/>
    public IContentReader GetContentReader(string path)
    {
        IContentReader? reader = null;
        Guard(path, at => reader = new SandboxContentReader(at.Sandbox().OpenFile(at.Inner, FileMode.Open, FileAccess.Read), Parameters));
        return reader!;
    }

    /// <inheritdoc/>
    public object GetContentReaderDynamicParameters(string path) => new ContentReadParameters();

    /// <inheritdoc/>
    public IContentWriter GetContentWriter(string path)
    {
        IContentWriter? writer = null;
        Guard(path, at => writer = new SandboxContentWriter(at.Sandbox().OpenFile(at.Inner, FileMode.OpenOrCreate, FileAccess.Write), Parameters, e => WriteError(ErrorRecords.From(e, path))));
        return writer!;
    }

    /// <inheritdoc/>
    public object GetContentWriterDynamicParameters(string path) => new ContentWriteParameters();

    /// <inheritdoc/>
    public void ClearContent(string path) => Guard(path, at =>
    {
        if (at.Exists() && ShouldProcess($"Sandbox:/{at.Path}", "Clear-Content"))
            at.Sandbox().OpenFile(at.Inner, FileMode.Truncate, FileAccess.Write).Dispose();
    });

    /// <inheritdoc/>
    public object ClearContentDynamicParameters(string path) => new ContentParameters();

    private ContentParameters Parameters => DynamicParameters as ContentParameters ?? new ContentParameters();
}
