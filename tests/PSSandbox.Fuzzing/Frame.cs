using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Fuzzing;

/// <summary>A block that is open.</summary>
/// <param name="opcode">Its instruction; that of a block for the function itself.</param>
/// <param name="parameters">What it takes.</param>
/// <param name="results">What it leaves.</param>
/// <param name="height">Values on the stack below its own.</param>
internal sealed class Frame(ushort opcode, IReadOnlyList<WasmValueType> parameters, IReadOnlyList<WasmValueType> results, int height)
{
    /// <summary>Its instruction; that of the other arm once it has begun.</summary>
    public ushort Opcode { get; set; } = opcode;

    /// <summary>What it takes.</summary>
    public IReadOnlyList<WasmValueType> Parameters => parameters;

    /// <summary>What it leaves.</summary>
    public IReadOnlyList<WasmValueType> Results => results;

    /// <summary>What a branch to it takes.</summary>
    public IReadOnlyList<WasmValueType> Label => Opcode == Op.Loop ? parameters : results;

    /// <summary>Values on the stack below its own.</summary>
    public int Height => height;

    /// <summary>Whether what follows is never reached, so that the stack gives whatever is asked of it.</summary>
    public bool Unreachable { get; set; }

    /// <summary>The local that counts the turns of this loop, or -1.</summary>
    public int Counter { get; init; } = -1;

    /// <summary>What a turn adds to it, and where the loop ends.</summary>
    public (int Step, int End) Count { get; init; }
}
