using System.Reflection;
using System.Runtime.Loader;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Translation;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// A module's code, loaded. Methods of an image are compiled to machine code when first called, and fully optimised at
/// once, because the assembly can be unloaded: the runtime does not tier such code. It is unloaded when nothing refers
/// to it any more and none of its methods runs. The code of a file may be machine code already; it stays loaded, and is
/// optimised further where it runs much. So is that of large modules (<see cref="KeptCode"/>).
/// </summary>
internal sealed class LoadedCode
{
    private readonly Module _module;
    private readonly nint[] _pointers;
    private readonly nint[] _invokerOf;
    private readonly Dictionary<WasmFunctionType, int> _invokers = new(SignatureComparer.Instance);

    /// <summary>Takes the code that <see cref="ModuleTranslator"/> made of a module.</summary>
    public LoadedCode(ModuleDefinition module, ContextLayout layout, Module code, IReadOnlyList<WasmFunctionType> invoked)
    {
        Layout = layout;
        _module = code;
        _pointers = new nint[module.FunctionTypes.Count + invoked.Count];
        _invokerOf = new nint[module.FunctionTypes.Count];
        for (int i = 0; i < invoked.Count; i++)
            _invokers.Add(invoked[i], module.FunctionTypes.Count + i);
    }

    /// <summary>Where things are in the context of the module's instances.</summary>
    public ContextLayout Layout { get; }

    /// <summary>The loaded code itself.</summary>
    public Module Module => _module;

    /// <summary>Loads an image, until it is not used any more or for good.</summary>
    public static Module Load(byte[] image, bool forGood = false)
    {
        using MemoryStream stream = new(image, writable: false);
        return new CodeLoadContext(isCollectible: !forGood).LoadFromStream(stream).ManifestModule;
    }

    /// <summary>Loads a file for good; null where there is none, or none that can be loaded.</summary>
    public static Module? TryLoad(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return new CodeLoadContext(isCollectible: false).LoadFromAssemblyPath(path).ManifestModule;
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Entry point of a function; it may be a stub that compiles the function when called.</summary>
    public nint Function(int index)
    {
        nint pointer = _pointers[index];
        if (pointer == 0)
        {
            pointer = _module.ModuleHandle.ResolveMethodHandle(CodeAssembly.MethodToken(index)).GetFunctionPointer();
            _pointers[index] = pointer;
        }

        return pointer;
    }

    /// <summary>Entry point of the method that calls a function of a type: (context, code, values).</summary>
    public nint Invoker(int function, WasmFunctionType type)
    {
        nint pointer = _invokerOf[function];
        if (pointer == 0)
        {
            pointer = Function(_invokers[type]);
            _invokerOf[function] = pointer;
        }

        return pointer;
    }

    // Generated code refers to the core library and to this very engine, wherever that was loaded from.
    private sealed class CodeLoadContext(bool isCollectible) : AssemblyLoadContext(CodeAssembly.AssemblyName, isCollectible)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Assembly engine = typeof(LoadedCode).Assembly;
            return assemblyName.Name == engine.GetName().Name ? engine : null;
        }
    }
}
