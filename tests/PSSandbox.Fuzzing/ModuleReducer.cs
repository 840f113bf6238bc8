using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Fuzzing;

/// <summary>Leaves out of a module what is not needed for it to fail.</summary>
internal static class ModuleReducer
{
    private const int MaxAttempts = 3000;

    private static readonly byte[] Unreachable = [(byte)Op.Unreachable];

    /// <summary>Makes a module smaller as long as it still fails.</summary>
    /// <param name="module">A module that fails.</param>
    /// <param name="fails">Whether a valid module still does.</param>
    public static GeneratedModule Reduce(GeneratedModule module, Func<byte[], bool> fails)
    {
        int attempts = 0;
        bool Accept(GeneratedModule candidate)
        {
            byte[] binary = candidate.Encode();
            if (attempts >= MaxAttempts || !IsValid(binary))
                return false;
            attempts++;
            return fails(binary);
        }

        if (module.Start >= 0 && module.WithoutStart() is var without && Accept(without))
            module = without;
        for (int i = 0; i < module.Functions.Count; i++)
        {
            GeneratedFunction function = module.Functions[i];
            GeneratedModule candidate = module.With(i, function with { Instructions = [function.Instructions[0], Unreachable, function.Instructions[^1]] });
            if (function.Instructions.Count > 3 && Accept(candidate))
                module = candidate;
        }

        for (bool smaller = true; smaller;)
        {
            smaller = false;
            for (int i = 0; i < module.Functions.Count; i++)
                smaller |= ReduceFunction(ref module, i, Accept);
        }

        return module;
    }

    // Leaves out, or replaces by a trap, ever shorter runs of instructions.
    private static bool ReduceFunction(ref GeneratedModule module, int index, Func<GeneratedModule, bool> accept)
    {
        bool smaller = false;
        for (int length = module.Functions[index].Instructions.Count - 2; length > 0; length = length > 8 ? length / 2 : length - 1)
        {
            for (int start = 1; start + length < module.Functions[index].Instructions.Count;)
            {
                GeneratedFunction function = module.Functions[index];
                byte[][] before = [.. function.Instructions.Take(start)];
                byte[][] after = [.. function.Instructions.Skip(start + length)];
                GeneratedModule shorter = module.With(index, function with { Instructions = [.. before, .. after] });
                GeneratedModule stopped = module.With(index, function with { Instructions = [.. before, Unreachable, .. after] });
                if (accept(shorter))
                    module = shorter;
                else if (length > 1 && accept(stopped))
                    module = stopped;
                else
                    start++;
                smaller |= module.Functions[index] != function;
            }
        }

        return smaller;
    }

    private static bool IsValid(byte[] binary)
    {
        try
        {
            ModuleDecoder.ValidateBodies(ModuleDecoder.Decode(binary));
            return true;
        }
        catch (WasmFormatException)
        {
            return false;
        }
    }
}
