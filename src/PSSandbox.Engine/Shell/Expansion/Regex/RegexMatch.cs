namespace PSSandbox.Shell.Expansion;

/// <summary>Where a regular expression and its groups matched.</summary>
/// <param name="places">For every group, 0 being the whole, where it begins and ends; -1 if it took no part.</param>
internal sealed class RegexMatch((int Start, int End)[] places)
{
    /// <summary>Where the match begins.</summary>
    public int Start => places[0].Start;

    /// <summary>Where the match ends.</summary>
    public int End => places[0].End;

    /// <summary>Where a group begins and ends; -1 if it took no part.</summary>
    public (int Start, int End) this[int group] => places[group];

    /// <summary>What a group matched; null if it took no part.</summary>
    public string? GetText(string subject, int group)
    {
        (int start, int end) = places[group];
        return start < 0 ? null : subject[start..end];
    }
}
