using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>Lets a parameter in bytes take sizes as people write them: 256MB, '1.5 GiB', 64k.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string text)
            return value;
        try
        {
            return ByteSize.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
