namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// The library's engines that one <see cref="WasmtimeEngine"/> keeps, made when first needed. What differs between
/// them is fixed when an engine is made.
/// </summary>
internal enum AllocationStrategy
{
    /// <summary>Instances come from a pool of mapped memory: the usual case.</summary>
    Pooled,

    /// <summary>Instances are allocated one by one: where the pool is used up or a module does not fit it.</summary>
    OnDemand,

    /// <summary>As on demand, with code that counts fuel, which makes it slower.</summary>
    Fueled,
}
