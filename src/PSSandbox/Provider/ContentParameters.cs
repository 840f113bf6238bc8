using System.Management.Automation;
using System.Text;

namespace PSSandbox.Provider;

/// <summary>What the drive adds to the content cmdlets.</summary>
public class ContentParameters
{
    /// <summary>How text is written in the file: UTF-8 without a mark unless told otherwise.</summary>
    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "ascii", "unicode", "bigendianunicode", "utf32", "latin1")]
    public string Encoding { get; set; } = "utf8";

    /// <summary>Bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>The encoding that is named.</summary>
    internal Encoding TextEncoding => Encoding.ToUpperInvariant() switch
    {
        "UTF8BOM" => new UTF8Encoding(true),
        "ASCII" => System.Text.Encoding.ASCII,
        "UNICODE" => System.Text.Encoding.Unicode,
        "BIGENDIANUNICODE" => System.Text.Encoding.BigEndianUnicode,
        "UTF32" => System.Text.Encoding.UTF32,
        "LATIN1" => System.Text.Encoding.Latin1,
        _ => new UTF8Encoding(false),
    };
}
