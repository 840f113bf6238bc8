using System.Collections;
using System.Management.Automation;

namespace PSSandbox.Binding;

/// <summary>Hashtables of scripts as dictionaries of text.</summary>
internal static class Tables
{
    private static readonly Dictionary<string, string> Empty = [];

    /// <summary>Names and values as invariant text; null gives an empty one, a null value an empty text.</summary>
    public static IReadOnlyDictionary<string, string> ToText(this IDictionary? table)
    {
        if (table is null || table.Count == 0)
            return Empty;
        var result = new Dictionary<string, string>(table.Count);
        foreach (DictionaryEntry entry in table)
            result[LanguagePrimitives.ConvertTo<string>(entry.Key)] = entry.Value is null ? "" : LanguagePrimitives.ConvertTo<string>(entry.Value);
        return result;
    }
}
