using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

/// <summary>Writes a file for Set-Content and Add-Content.</summary>
internal sealed class SandboxContentWriter(SandboxFileStream stream, ContentParameters parameters) : IContentWriter
{
    private readonly Encoding _encoding = parameters.TextEncoding;
    private readonly bool _noNewline = parameters is ContentWriteParameters { NoNewline.IsPresent: true };

    /// <inheritdoc/>
    public IList Write(IList content)
    {
        foreach (object? item in content)
            WriteOne(item is PSObject wrapped ? wrapped.BaseObject : item);
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
