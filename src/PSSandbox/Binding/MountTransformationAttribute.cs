using System.Collections;
using System.Management.Automation;
using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>Lets a mount be 'HOST:PATH[:ro|rw|cow]', @{ HostPath = ...; Path = ...; Access = ... } or the object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MountTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = Unwrap(inputData);
        var mounts = new List<SandboxMount>();
        try
        {
            if (value is IList list)
            {
                foreach (object? item in list)
                    mounts.Add(One(Unwrap(item)));
            }
            else
            {
                mounts.Add(One(value));
            }
        }
        catch (Exception e) when (e is FormatException or PSInvalidCastException)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }

        return mounts.ToArray();
    }

    private static object Unwrap(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) ?? "";

    private static SandboxMount One(object value) => value switch
    {
        SandboxMount mount => mount,
        IDictionary table => FromTable(table),
        _ => SandboxMount.Parse(LanguagePrimitives.ConvertTo<string>(value)),
    };

    private static SandboxMount FromTable(IDictionary table)
    {
        string? host = null;
        string? path = null;
        var access = MountAccess.ReadOnly;
        foreach (DictionaryEntry entry in table)
        {
            switch (entry.Key.ToString()!.ToUpperInvariant())
            {
                case "HOSTPATH":
                    host = LanguagePrimitives.ConvertTo<string>(entry.Value);
                    break;
                case "PATH":
                    path = LanguagePrimitives.ConvertTo<string>(entry.Value);
                    break;
                case "ACCESS":
                    access = LanguagePrimitives.ConvertTo<MountAccess>(entry.Value);
                    break;
                default:
                    throw new FormatException($"A mount has HostPath, Path and Access; '{entry.Key}' is none of them.");
            }
        }

        return string.IsNullOrEmpty(host) || string.IsNullOrEmpty(path)
            ? throw new FormatException("A mount needs HostPath and Path.")
            : new SandboxMount(host, path, access);
    }
}
