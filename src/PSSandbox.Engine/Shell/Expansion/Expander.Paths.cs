namespace PSSandbox.Shell.Expansion;

// Pathname expansion of one field (POSIX.1-2024 XCU 2.6.6).
internal sealed partial class Expander
{
    /// <summary>Adds the paths that a pattern matches, or what stands for none.</summary>
    /// <param name="pattern">The field, what was quoted escaped.</param>
    /// <param name="text">The field as it is when nothing matches.</param>
    /// <param name="extended">Whether an extended pattern stands in the script itself.</param>
    /// <param name="output">Takes the paths.</param>
    internal void ExpandPaths(string pattern, string text, bool extended, List<string> output)
    {
        PatternOptions options = OptionsFor(extended) & ~PatternOptions.IgnoreCase;
        if ((_host.Options & ExpansionOptions.NoCaseGlob) != 0)
            options |= PatternOptions.IgnoreCase;
        var glob = new Glob(_host, options);
        if (!glob.TryParse(pattern))
        {
            output.Add(text);
            return;
        }

        int before = output.Count;
        glob.Find(output);
        if (output.Count > before || (_host.Options & ExpansionOptions.NullGlob) != 0)
            return;
        if ((_host.Options & ExpansionOptions.FailGlob) != 0)
            throw new ShellExpansionException($"no match: {text}");
        output.Add(text);
    }

    /// <summary>Adds the paths that a pattern matches, in order; nothing if it matches none (<c>compgen -G</c>).</summary>
    public void FindPaths(string pattern, List<string> output)
    {
        var glob = new Glob(_host, OptionsFor(false));
        if (glob.TryParse(pattern))
            glob.Find(output);
    }
}
