using System.Management.Automation;
using System.Text;
using PSSandbox.Completion;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to the content cmdlets.</summary>
public class ContentParameters
{
    /// <summary>How text is written in the file: UTF-8 without a mark unless told otherwise.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    /// <summary>Bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }
}
