using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PSSandbox.Tests.Module;

/// <summary>Reads the cmdlets out of PSSandbox.dll without loading it, so that no PowerShell is needed.</summary>
internal sealed class ModuleMetadata
{
    private readonly MetadataReader _reader;

    private ModuleMetadata(MetadataReader reader) => _reader = reader;

    /// <summary>The cmdlets, by name.</summary>
    public static IReadOnlyDictionary<string, CmdletMetadata> Cmdlets { get; } = ReadAll();

    private static Dictionary<string, CmdletMetadata> ReadAll()
    {
        string flavour = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string path = Path.Combine(TestPaths.Repository, "out", "obj", "bin", "PSSandbox", flavour, "PSSandbox.dll");
        using var file = new PEReader(File.OpenRead(path));
        var module = new ModuleMetadata(file.GetMetadataReader());
        return module.Read().ToDictionary(c => c.Name);
    }

    private IEnumerable<CmdletMetadata> Read()
    {
        foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions)
        {
            TypeDefinition type = _reader.GetTypeDefinition(handle);
            if (Attributes(type.GetCustomAttributes(), "CmdletAttribute").ToArray() is not [var cmdlet])
                continue;
            yield return new CmdletMetadata(
                $"{cmdlet.FixedArguments[0].Value}-{cmdlet.FixedArguments[1].Value}",
                Parameters(type),
                cmdlet.NamedArguments.Any(a => a.Name == "SupportsShouldProcess" && a.Value is true),
                [.. Attributes(type.GetCustomAttributes(), "OutputTypeAttribute").SelectMany(Types)]);
        }
    }

    private static IEnumerable<string> Types(CustomAttributeValue<string> attribute) =>
        attribute.FixedArguments.SelectMany(argument => argument.Value is ImmutableArray<CustomAttributeTypedArgument<string>> several
            ? several.Select(one => (string)one.Value!)
            : [(string)argument.Value!]);

    private Dictionary<string, string[]> Parameters(TypeDefinition type)
    {
        var found = new Dictionary<string, string[]>();
        while (true)
        {
            foreach (PropertyDefinitionHandle handle in type.GetProperties())
            {
                PropertyDefinition property = _reader.GetPropertyDefinition(handle);
                if (!Attributes(property.GetCustomAttributes(), "ParameterAttribute").Any())
                    continue;
                found[_reader.GetString(property.Name)] = [.. Attributes(property.GetCustomAttributes(), "AliasAttribute").SelectMany(Types)];
            }

            if (type.BaseType.Kind != HandleKind.TypeDefinition)
                return found;
            type = _reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
        }
    }

    private IEnumerable<CustomAttributeValue<string>> Attributes(CustomAttributeHandleCollection handles, string name)
    {
        foreach (CustomAttributeHandle handle in handles)
        {
            CustomAttribute attribute = _reader.GetCustomAttribute(handle);
            EntityHandle type = attribute.Constructor.Kind == HandleKind.MemberReference
                ? _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                : _reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
            if (AttributeTypeNames.NameOf(_reader, type) == "System.Management.Automation." + name)
                yield return attribute.DecodeValue(AttributeTypeNames.Instance);
        }
    }
}
