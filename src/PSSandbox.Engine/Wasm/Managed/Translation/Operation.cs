namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>How a numeric instruction is translated: IL as it is, or a call of a support method; and what it gives.</summary>
/// <param name="Result">Type of the result.</param>
/// <param name="Operands">Number of operands.</param>
/// <param name="Code">The IL, or null for a call.</param>
/// <param name="Owner">The class of the support method.</param>
/// <param name="Method">The name of the support method.</param>
/// <param name="Traps">Whether it may trap, so that it must be executed where it stands.</param>
internal sealed record Operation(LocalType Result, int Operands, byte[]? Code, Type? Owner, string? Method, bool Traps);
