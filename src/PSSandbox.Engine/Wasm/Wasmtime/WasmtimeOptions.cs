using PSSandbox.Wasm.Caching;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>How the Wasmtime engine is set up. The defaults are right for programs of a sandbox.</summary>
internal sealed record WasmtimeOptions
{
    /// <summary>The library to load; null: looked for as <see cref="WasmtimeLocator"/> says.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>Where compiled modules are kept between processes; null: nowhere.</summary>
    public CompiledCodeCache? Cache { get; init; }

    /// <summary>
    /// Bytes of native stack that a guest may use before its call stack counts as exhausted. A call that begins on a
    /// thread with less room than this is made on a thread of its own.
    /// </summary>
    public int MaxStackBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Instances that may live at once in the pool, which hands out memory that is mapped already and takes it back
    /// by a reset of the touched pages. Each reserves some 4 GiB of address space and no memory. More instances than
    /// these are allocated one by one. The pool is made with the engine, in time that grows with them. 0: no pool.
    /// </summary>
    public int PoolSlots { get; init; } = 1024;

    /// <summary>
    /// Bytes at the beginning of an instance's memory that a reset clears in place; the pages of the rest are dropped.
    /// None: clang puts the stack first, so the pages that a program touches lie behind much that it does not.
    /// </summary>
    public int KeepResidentBytes { get; init; }
}
