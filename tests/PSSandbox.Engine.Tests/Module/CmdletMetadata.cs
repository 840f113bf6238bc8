namespace PSSandbox.Tests.Module;

/// <summary>A cmdlet as its assembly describes it.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Parameters">Its own parameters, each with its aliases.</param>
/// <param name="ChangesState">Whether it has -WhatIf and -Confirm.</param>
/// <param name="Outputs">Full names of the types that it gives.</param>
internal sealed record CmdletMetadata(string Name, IReadOnlyDictionary<string, string[]> Parameters, bool ChangesState, string[] Outputs)
{
    /// <summary>Every parameter that its page tells of.</summary>
    public IEnumerable<string> AllParameters => ChangesState ? Parameters.Keys.Append("WhatIf").Append("Confirm") : Parameters.Keys;

    public override string ToString() => Name;
}
