using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

/// <summary>An engine as the specification's scripts use it: instances that import from each other, in one store.</summary>
internal abstract class SpecificationTarget : IDisposable
{
    /// <summary>Compiles a module that is not to be run.</summary>
    /// <exception cref="WasmFormatException">It is malformed or invalid.</exception>
    public abstract void Compile(byte[] binary);

    /// <summary>Makes an instance, with imports from those that were registered.</summary>
    /// <exception cref="WasmLinkException">An import is unknown or does not fit.</exception>
    /// <exception cref="WasmTrapException">The instantiation trapped.</exception>
    public abstract object Instantiate(byte[] binary);

    /// <summary>Makes an instance's exports known by a name.</summary>
    public abstract void Register(string name, object instance);

    /// <summary>Calls an exported function.</summary>
    public abstract void Invoke(object instance, WasmExport function, Span<WasmValue> values);

    /// <summary>Reads an exported global.</summary>
    public abstract (WasmValue Value, WasmValueType Type) Get(object instance, WasmExport global);

    /// <summary>The exports of an instance's module.</summary>
    public abstract IReadOnlyList<WasmExport> Exports(object instance);

    /// <inheritdoc/>
    public abstract void Dispose();
}
