using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Fuzzing;

/// <summary>Damaged modules: our validation must say of each what the library says, and say it without any other error.</summary>
/// <param name="library">The library's validation.</param>
internal sealed class ValidityFuzzer(NativeValidator library)
{
    // Where we refuse on purpose what the library takes: our bounds, all of which have this word.
    private const string Bound = "limit";

    // What the library takes although it is no WebAssembly 2.0, and offers no switch for: arithmetic in constant
    // expressions, and imports of functions of an exact type.
    private const string ConstantArithmetic = "constant expression required";
    private const string ImportKind = "malformed import kind";
    private const byte ExactFunction = 0x20;

    /// <summary>Modules that both took.</summary>
    public int Accepted { get; private set; }

    /// <summary>Modules that both refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Modules of which the two may say different things.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Damages the module of a seed many times.</summary>
    /// <returns>The first that is not judged the same; null where there is none.</returns>
    public Difference? Try(ulong seed, int mutants)
    {
        byte[] module = ModuleGenerator.Generate(seed).Encode();
        RandomSource random = new(seed);
        for (int i = 0; i < mutants; i++)
        {
            byte[] mutant = random.OneIn(8) ? ModuleMutator.Random(random) : ModuleMutator.Mutate(module, random);
            if (Compare(mutant) is { } what)
                return new Difference(seed, what, mutant);
        }

        return null;
    }

    /// <summary>What the two say differently of a module; null where they agree.</summary>
    public string? Compare(byte[] binary)
    {
        WasmFormatException? ours = Refusal(binary);
        string? theirs = library.Refusal(binary);
        if (ours is null == theirs is null)
        {
            if (ours is null)
                Accepted++;
            else
                Refused++;
            return null;
        }

        if (ours is not null && IsOnPurpose(ours, binary))
        {
            LeftOut++;
            return null;
        }

        return ours is null ? $"only the library refuses it: {theirs}" : $"only we refuse it: {ours.Message}";
    }

    private static bool IsOnPurpose(WasmFormatException refusal, byte[] binary) =>
        refusal.Reason.Contains(Bound, StringComparison.Ordinal)
        || refusal.Reason.StartsWith(ConstantArithmetic, StringComparison.Ordinal)
        || (refusal.Reason.StartsWith(ImportKind, StringComparison.Ordinal) && binary[refusal.Offset] == ExactFunction);

    private static WasmFormatException? Refusal(byte[] binary)
    {
        try
        {
            ModuleDecoder.ValidateBodies(ModuleDecoder.Decode(binary));
            return null;
        }
        catch (WasmFormatException error)
        {
            return error;
        }
    }
}
