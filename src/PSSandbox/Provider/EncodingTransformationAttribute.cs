using System.Management.Automation;
using System.Text;

namespace PSSandbox.Provider;

/// <summary>Lets an encoding be a name as PowerShell's cmdlets take it, a name or number that .NET knows, or the object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The names of PowerShell's own cmdlets.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["ascii", "bigendianunicode", "bigendianutf32", "latin1", "unicode", "utf8", "utf8BOM", "utf8NoBOM", "utf32"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                string name => Named(name),
                int page => Encoding.GetEncoding(page),
                _ => value,
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException($"'{value}' is not an encoding: use one of {string.Join(", ", Names)}, or a name or number that .NET knows.", e);
        }
    }

    private static Encoding Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF8NOBOM" => new UTF8Encoding(false),
        "UTF8BOM" => new UTF8Encoding(true),
        "UNICODE" => Encoding.Unicode,
        "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
        "UTF32" => Encoding.UTF32,
        "BIGENDIANUTF32" => new UTF32Encoding(true, true),
        _ => Encoding.GetEncoding(name),
    };
}
