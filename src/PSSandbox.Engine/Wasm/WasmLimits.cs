namespace PSSandbox.Wasm;

/// <summary>What one instance may use.</summary>
internal readonly record struct WasmLimits
{
    /// <summary>Called before memory grows, with the additional bytes; false refuses (<c>memory.grow</c> gives -1). Null allows all.</summary>
    public Func<long, bool>? OnGrow { get; init; }

    /// <summary>
    /// Called on the guest's thread when <see cref="IWasmInstance.Interrupt"/> was asked for. May block (a stopped
    /// process), return to let the guest go on, or throw to end it. Null: the guest ends with a trap of kind
    /// <see cref="WasmTrapKind.Interrupted"/>.
    /// </summary>
    public Action<IWasmInstance>? OnInterrupt { get; init; }

    /// <summary>The most bytes of the first memory; 0 means the specification's 4 GiB.</summary>
    public long MaxMemoryBytes { get; init; }

    /// <summary>The most elements of one table; 0 means ten million.</summary>
    public int MaxTableElements { get; init; }

    /// <summary>The most bytes of the host's stack that the guest's calls may take; 0 means 2 MiB, which is also bounded by the thread's own stack.</summary>
    public int MaxStackBytes { get; init; }

    /// <summary>
    /// Called on the guest's thread before its calls take more of the host's stack, with the additional bytes; false refuses,
    /// and the guest ends with a trap of kind <see cref="WasmTrapKind.StackOverflow"/>. Null allows all up to
    /// <see cref="MaxStackBytes"/>. Asked by engines whose guests' frames are the collector's to walk.
    /// </summary>
    public Func<int, bool>? OnDeepen { get; init; }

    /// <summary>Deterministic budget: units of fuel before a trap of kind <see cref="WasmTrapKind.OutOfFuel"/>; 0 means none.</summary>
    public long Fuel { get; init; }
}
