using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>
/// Builds the assembly that a module is translated into: one static class with a method for every function. It is
/// written as an image, so that the same bytes serve this process and, from the cache, the next one.
/// </summary>
internal sealed class CodeAssembly
{
    /// <summary>The name that the engine's internals are visible to.</summary>
    public const string AssemblyName = "PSSandbox.WebAssembly.Code";

    /// <summary>The class with the methods.</summary>
    public const string TypeName = "Code";

    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _bodies = new();
    private readonly MethodBodyStreamEncoder _bodyEncoder;
    private readonly Dictionary<(Type, string), int> _support = [];
    private readonly Dictionary<Type, TypeReferenceHandle> _typeReferences = [];
    private readonly Dictionary<WasmFunctionType, BlobHandle> _methodSignatures = new(SignatureComparer.Instance);
    private readonly Dictionary<WasmFunctionType, int> _calliTokens = new(SignatureComparer.Instance);
    private readonly AssemblyReferenceHandle _coreLibrary;
    private readonly AssemblyReferenceHandle _engine;
    private BlobHandle _invokerSignature;

    /// <summary>Begins an assembly.</summary>
    public CodeAssembly()
    {
        _bodyEncoder = new MethodBodyStreamEncoder(_bodies);
        _coreLibrary = AddReference(typeof(object).Assembly.GetName());
        _engine = AddReference(typeof(CodeAssembly).Assembly.GetName());
        VectorToken = MetadataTokens.GetToken(_metadata.AddTypeSpecification(_metadata.GetOrAddBlob(VectorSignature())));
    }

    /// <summary>Token of <c>Vector128&lt;byte&gt;</c>.</summary>
    public int VectorToken { get; }

    /// <summary>Number of methods so far; a method's token is 0x06000000 plus its number from 1.</summary>
    public int MethodCount { get; private set; }

    /// <summary>Token of the method that was or will be added as number <paramref name="index"/>, from 0.</summary>
    public static int MethodToken(int index) => 0x06000001 + index;

    /// <summary>Token of a static method of the engine or the core library.</summary>
    public int Support(Type type, string name)
    {
        if (_support.TryGetValue((type, name), out int token))
            return token;
        MethodInfo method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new MissingMethodException(type.FullName, name);
        BlobBuilder signature = new();
        ParameterInfo[] parameters = method.GetParameters();
        new BlobEncoder(signature).MethodSignature().Parameters(
            parameters.Length,
            result => Encode(result, method.ReturnType),
            list =>
            {
                foreach (ParameterInfo parameter in parameters)
                    Encode(list.AddParameter().Type(), parameter.ParameterType);
            });
        token = MetadataTokens.GetToken(_metadata.AddMemberReference(Reference(type), _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature)));
        _support.Add((type, name), token);
        return token;
    }

    /// <summary>Token of the signature for <c>calli</c> of a function of a type.</summary>
    public int CalliToken(WasmFunctionType type)
    {
        if (!_calliTokens.TryGetValue(type, out int token))
        {
            token = MetadataTokens.GetToken(_metadata.AddStandaloneSignature(MethodSignature(type)));
            _calliTokens.Add(type, token);
        }

        return token;
    }

    /// <summary>Adds the next method: that of a function.</summary>
    public void AddFunction(string name, WasmFunctionType type, ILWriter code, IReadOnlyList<LocalType> locals, int maxStack) =>
        AddMethod(name, MethodSignature(type), code, locals, maxStack);

    /// <summary>Adds the next method: one that takes a context, an entry point and the address of raw values.</summary>
    public void AddInvoker(string name, ILWriter code, IReadOnlyList<LocalType> locals, int maxStack)
    {
        if (_invokerSignature.IsNil)
        {
            BlobBuilder signature = new();
            new BlobEncoder(signature).MethodSignature().Parameters(3, result => result.Void(), list =>
            {
                for (int i = 0; i < 3; i++)
                    list.AddParameter().Type().IntPtr();
            });
            _invokerSignature = _metadata.GetOrAddBlob(signature);
        }

        AddMethod(name, _invokerSignature, code, locals, maxStack);
    }

    /// <summary>Writes the image.</summary>
    public byte[] Write()
    {
        StringHandle name = _metadata.GetOrAddString(AssemblyName);
        _metadata.AddAssembly(name, new Version(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        _metadata.AddModule(0, _metadata.GetOrAddString(AssemblyName + ".dll"), _metadata.GetOrAddGuid(default(Guid)), default, default);
        MethodDefinitionHandle first = MetadataTokens.MethodDefinitionHandle(1);
        FieldDefinitionHandle noField = MetadataTokens.FieldDefinitionHandle(1);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, noField, first);
        _metadata.AddTypeDefinition(
            TypeAttributes.Class | TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            default, _metadata.GetOrAddString(TypeName), Reference(typeof(object)), noField, first);
        ManagedPEBuilder image = new(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(_metadata), _bodies, deterministicIdProvider: _ => default);
        BlobBuilder output = new();
        image.Serialize(output);
        return output.ToArray();
    }

    private void AddMethod(string name, BlobHandle signature, ILWriter code, IReadOnlyList<LocalType> locals, int maxStack)
    {
        ReadOnlySpan<byte> bytes = code.Finish();
        MethodBodyStreamEncoder.MethodBody body = _bodyEncoder.AddMethodBody(
            bytes.Length, Math.Min(maxStack, ushort.MaxValue), 0, true, Locals(locals), MethodBodyAttributes.None);
        new BlobWriter(body.Instructions).WriteBytes(bytes.ToArray());
        _metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, MethodImplAttributes.IL,
            _metadata.GetOrAddString(name), signature, body.Offset, MetadataTokens.ParameterHandle(1));
        MethodCount++;
    }

    private StandaloneSignatureHandle Locals(IReadOnlyList<LocalType> locals)
    {
        if (locals.Count == 0)
            return default;
        BlobBuilder signature = new();
        LocalVariablesEncoder encoder = new BlobEncoder(signature).LocalVariableSignature(locals.Count);
        foreach (LocalType local in locals)
            Encode(encoder.AddVariable().Type(), local);
        return _metadata.AddStandaloneSignature(_metadata.GetOrAddBlob(signature));
    }

    private BlobHandle MethodSignature(WasmFunctionType type)
    {
        if (_methodSignatures.TryGetValue(type, out BlobHandle handle))
            return handle;
        BlobBuilder signature = new();
        WasmValueType[] parameters = type.Parameters;
        WasmValueType[] results = type.Results;
        new BlobEncoder(signature).MethodSignature().Parameters(
            parameters.Length + 1,
            result =>
            {
                if (results.Length == 0)
                    result.Void();
                else
                    Encode(result.Type(), results[0].ToLocalType());
            },
            list =>
            {
                list.AddParameter().Type().IntPtr();
                foreach (WasmValueType parameter in parameters)
                    Encode(list.AddParameter().Type(), parameter.ToLocalType());
            });
        handle = _metadata.GetOrAddBlob(signature);
        _methodSignatures.Add(type, handle);
        return handle;
    }

    private void Encode(SignatureTypeEncoder encoder, LocalType type)
    {
        switch (type)
        {
            case LocalType.I32:
                encoder.Int32();
                break;
            case LocalType.I64:
                encoder.Int64();
                break;
            case LocalType.F32:
                encoder.Single();
                break;
            case LocalType.F64:
                encoder.Double();
                break;
            case LocalType.V128:
                EncodeVector(encoder);
                break;
            default:
                encoder.IntPtr();
                break;
        }
    }

    private void Encode(ReturnTypeEncoder encoder, Type type)
    {
        if (type == typeof(void))
            encoder.Void();
        else
            Encode(encoder.Type(), type);
    }

    private void Encode(SignatureTypeEncoder encoder, Type type)
    {
        if (type == typeof(System.Runtime.Intrinsics.Vector128<byte>))
        {
            EncodeVector(encoder);
            return;
        }

        if (type.IsPointer)
        {
            encoder.VoidPointer();
            return;
        }

        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Int32:
                encoder.Int32();
                break;
            case TypeCode.UInt32:
                encoder.UInt32();
                break;
            case TypeCode.Int64:
                encoder.Int64();
                break;
            case TypeCode.UInt64:
                encoder.UInt64();
                break;
            case TypeCode.Single:
                encoder.Single();
                break;
            case TypeCode.Double:
                encoder.Double();
                break;
            case TypeCode.Byte:
                encoder.Byte();
                break;
            default:
                if (type != typeof(nint))
                    throw new NotSupportedException($"a support method cannot take {type}");
                encoder.IntPtr();
                break;
        }
    }

    private void EncodeVector(SignatureTypeEncoder encoder) =>
        encoder.GenericInstantiation(Reference(typeof(System.Runtime.Intrinsics.Vector128<>)), 1, isValueType: true).AddArgument().Byte();

    private BlobBuilder VectorSignature()
    {
        BlobBuilder blob = new();
        EncodeVector(new BlobEncoder(blob).TypeSpecificationSignature());
        return blob;
    }

    private TypeReferenceHandle Reference(Type type)
    {
        if (!_typeReferences.TryGetValue(type, out TypeReferenceHandle handle))
        {
            AssemblyReferenceHandle scope = type.Assembly == typeof(object).Assembly ? _coreLibrary : _engine;
            handle = _metadata.AddTypeReference(scope, _metadata.GetOrAddString(type.Namespace ?? ""), _metadata.GetOrAddString(type.Name));
            _typeReferences.Add(type, handle);
        }

        return handle;
    }

    private AssemblyReferenceHandle AddReference(AssemblyName name) => _metadata.AddAssemblyReference(
        _metadata.GetOrAddString(name.Name!), name.Version!, default,
        name.GetPublicKeyToken() is { Length: > 0 } token ? _metadata.GetOrAddBlob(token) : default, default, default);
}
