using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

/// <summary>Writes a file for Set-Content and Add-Content.</summary>
/// <param name="stream">The file.</param>
/// <param name="parameters">How it is written.</param>
/// <param name="failed">Gets what the engine refuses: an exception would lose its error's id in the cmdlet.</param>
internal sealed class SandboxContentWriter(SandboxFileStream stream, ContentParameters parameters, Action<SandboxException> failed) : IContentWriter
{
    private readonly Encoding _encoding = parameters.Encoding;
    private readonly bool _noNewline = parameters is ContentWriteParameters { NoNewline.IsPresent: true };

    /// <inheritdoc/>
    public IList Write(IList content)
    {
        try
        {
            foreach (object? item in content)
                WriteOne(item is PSObject wrapped ? wrapped.BaseObject : item);
        }
        catch (SandboxException e)
        {
            failed(e);
        }

        return content;
    }

    /// <inheritdoc/>
    public void Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    /// <inheritdoc/>
    public void Close() => stream.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void WriteOne(object? item)
    {
        if (parameters.AsByteStream)
        {
            stream.Write(item as byte[] ?? [LanguagePrimitives.ConvertTo<byte>(item)]);
            return;
        }

        if (stream.Length == 0)
            stream.Write(_encoding.GetPreamble());
        stream.Write(_encoding.GetBytes(LanguagePrimitives.ConvertTo<string>(item) + (_noNewline ? "" : "\n")));
    }
}
