namespace PSSandbox.Wasm;

/// <summary>A running module: one memory, one set of globals and tables. Used by one thread at a time.</summary>
/// <remarks>Disposing gives its memory back; the engine may keep the instance for the next process, wiped.</remarks>
internal interface IWasmInstance : IDisposable
{
    /// <summary>The host's own object, given at instantiation.</summary>
    object? State { get; }

    /// <summary>
    /// The first memory as it is now; empty where the module has none. A span is valid until the guest next runs:
    /// a guest's <c>memory.grow</c> may move it.
    /// </summary>
    Span<byte> Memory { get; }

    /// <summary>The largest size the memory has had, in bytes.</summary>
    long PeakMemoryBytes { get; }

    /// <summary>
    /// Calls an exported function. <paramref name="values"/> holds the arguments on entry and the results on return,
    /// one 16-byte slot each, and is as long as the larger number of both.
    /// </summary>
    /// <exception cref="WasmTrapException">The guest trapped, or was interrupted.</exception>
    /// <remarks>What a host function throws passes through unchanged: that is how a process ends deep inside a guest.</remarks>
    void Invoke(WasmExport function, Span<WasmValue> values);

    /// <summary>
    /// From any thread: makes the guest stop at its next loop back-edge or call and ask
    /// <see cref="WasmLimits.OnInterrupt"/> what to do.
    /// </summary>
    void Interrupt();
}
