namespace PSSandbox.Wasm.Managed;

/// <summary>A module with its imports bound.</summary>
internal sealed class ManagedTemplate(ManagedModule module, HostFunction?[] hostFunctions, LinkedImports? linked) : IWasmTemplate
{
    /// <inheritdoc/>
    IWasmModule IWasmTemplate.Module => module;

    /// <inheritdoc/>
    IWasmInstance IWasmTemplate.Instantiate(object? state, in WasmLimits limits) => Instantiate(state, limits);

    /// <summary>Makes an instance.</summary>
    public ManagedInstance Instantiate(object? state, in WasmLimits limits)
    {
        ManagedInstance instance = new(module, hostFunctions, linked, state, limits);
        try
        {
            instance.Initialize();
        }
        catch
        {
            // What others of the store may already refer to must stay.
            if (linked is null)
                instance.Dispose();
            throw;
        }

        return instance;
    }
}
