using System.Collections;
using System.Management.Automation;

namespace PSSandbox.Binding;

/// <summary>What -InputObject holds, given as an argument or by the pipeline.</summary>
internal static class InputObjects
{
    /// <summary>The object itself; of an array that was given as an argument, what it holds. Bytes stay together.</summary>
    public static IEnumerable<PSObject?> Of(PSObject? value, InvocationInfo invocation)
    {
        if (invocation.ExpectingInput || value?.BaseObject is IEnumerable<byte> || LanguagePrimitives.GetEnumerable(value) is not { } several)
            return [value];
        return several.Cast<object?>().Select(static one => one is null ? null : PSObject.AsPSObject(one));
    }
}
