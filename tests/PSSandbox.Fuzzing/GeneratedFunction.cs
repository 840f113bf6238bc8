using PSSandbox.Wasm;

namespace PSSandbox.Fuzzing;

/// <summary>A function that was made up. Its instructions are apart, so that they can be left out one by one.</summary>
/// <param name="Type">Index of its type.</param>
/// <param name="Locals">Its locals behind the parameters.</param>
/// <param name="Instructions">Each may be several that belong together; the first and the last stay where they are.</param>
internal sealed record GeneratedFunction(int Type, IReadOnlyList<WasmValueType> Locals, IReadOnlyList<byte[]> Instructions);
