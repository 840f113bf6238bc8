using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>Lets a duration be seconds (30, 0.5), a TimeSpan, or a text such as 500ms or 1h30m.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan duration;
        try
        {
            duration = value switch
            {
                TimeSpan span => span,
                string text => DurationText.Parse(text),
                IConvertible number => TimeSpan.FromSeconds(number.ToDouble(null)),
                _ => throw new FormatException($"'{value}' is not a duration: give seconds, a TimeSpan, or a text such as 500ms."),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }

        if (duration < TimeSpan.Zero || duration.TotalMilliseconds > int.MaxValue)
            throw new ArgumentTransformationMetadataException($"{duration} is not a duration between 0 and 24 days.");
        return duration;
    }
}
