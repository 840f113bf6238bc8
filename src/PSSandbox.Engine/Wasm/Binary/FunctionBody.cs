namespace PSSandbox.Wasm.Binary;

/// <summary>The body of a function: declared locals (without parameters) as runs, and its code as a window of the module.</summary>
internal sealed record FunctionBody(LocalRun[] Locals, int CodeStart, int CodeEnd);
