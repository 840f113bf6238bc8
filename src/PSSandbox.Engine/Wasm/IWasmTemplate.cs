namespace PSSandbox.Wasm;

/// <summary>A module whose imports are bound: instances are made from it, cheaply and on any thread.</summary>
internal interface IWasmTemplate
{
    /// <summary>The module this was linked from.</summary>
    IWasmModule Module { get; }

    /// <summary>Makes an instance with fresh memory, tables and globals; a start function, if any, has run when this returns.</summary>
    /// <param name="state">What host functions find in <see cref="IWasmInstance.State"/>.</param>
    /// <param name="limits">The bounds that this instance is held to.</param>
    /// <exception cref="WasmTrapException">A segment does not fit, or the start function trapped.</exception>
    /// <exception cref="WasmLinkException">The module needs more memory or a larger table than the limits allow, or the system has none.</exception>
    IWasmInstance Instantiate(object? state, in WasmLimits limits);
}
