namespace PSSandbox.Wasm.Binary;

/// <summary>One instruction: what follows it, its signature in letters, and the bytes of its memory access or the number of its lanes.</summary>
internal readonly record struct OpcodeInfo(ImmediateKind Immediate, string Signature, byte Size);
