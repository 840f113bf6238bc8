using PSSandbox.Wasm;

namespace PSSandbox.Fuzzing;

/// <summary>Runs made-up modules on two engines, which must agree in all that can be seen.</summary>
/// <param name="first">One engine.</param>
/// <param name="second">The other.</param>
internal sealed class DifferentialFuzzer(IWasmEngine first, IWasmEngine second)
{
    /// <summary>Modules that ran to their end on both.</summary>
    public int Compared { get; private set; }

    /// <summary>Modules that were left out because a stack ended on one.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The function calls among what was compared that ended with results, and with traps.</summary>
    public (int Results, int Traps) Calls { get; private set; }

    /// <summary>Runs the module of a seed.</summary>
    /// <returns>The difference, with a module made as small as it goes; null where there is none.</returns>
    public Difference? Try(ulong seed)
    {
        GeneratedModule module = ModuleGenerator.Generate(seed);
        if (Compare(module.Encode(), seed) is not { } what)
            return null;
        GeneratedModule small = ModuleReducer.Reduce(module, candidate => Compare(candidate, seed) is not null);
        byte[] binary = small.Encode();
        return new Difference(seed, Compare(binary, seed) ?? what, binary);
    }

    private string? Compare(byte[] binary, ulong seed)
    {
        bool metered = seed % 4 == 3;
        IReadOnlyList<string> one = ModuleRun.Observe(first, binary, seed, metered);
        IReadOnlyList<string> other = ModuleRun.Observe(second, binary, seed, metered);
        if (one.Concat(other).Any(note => note.EndsWith(ModuleRun.StackEnded, StringComparison.Ordinal)))
        {
            LeftOut++;
            return null;
        }

        if (one.Concat(other).FirstOrDefault(note => note.StartsWith("refused", StringComparison.Ordinal)) is { } refused)
            return refused;
        for (int i = 0; i < Math.Max(one.Count, other.Count); i++)
        {
            string mine = i < one.Count ? one[i] : "nothing";
            string its = i < other.Count ? other[i] : "nothing";
            if (mine != its)
                return $"after '{(i > 0 ? one[i - 1] : "")}' {first.Name} has '{mine}', {second.Name} has '{its}'";
        }

        Compared++;
        int results = one.Count(note => note[0] == 'f' && note.Contains(" = ", StringComparison.Ordinal));
        int traps = one.Count(note => note[0] == 'f') - results;
        Calls = (Calls.Results + results, Calls.Traps + traps);
        return null;
    }
}
