namespace PSSandbox.Fuzzing;

/// <summary>A module on which two engines do not agree.</summary>
/// <param name="Seed">What makes it again.</param>
/// <param name="What">The first thing that each of them saw otherwise.</param>
/// <param name="Binary">The module, with what is not needed for the difference left out.</param>
internal sealed record Difference(ulong Seed, string What, byte[] Binary)
{
    /// <summary>The seed, what differs, and the module.</summary>
    public override string ToString() => $"seed {Seed}: {What}\n{Convert.ToHexStringLower(Binary)}";
}
