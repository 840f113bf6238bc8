namespace PSSandbox.Shell.Variables;

// What programs get.
internal sealed partial class VariableTable
{
    private string[]? _environment;
    private string[] _foreign = [];

    /// <summary>
    /// The exported variables as <c>NAME=value</c>; the same array until something exported changes. Not to be changed.
    /// </summary>
    public string[] GetEnvironment() => _environment ??= BuildEnvironment();

    /// <summary>Takes the environment that the shell was started with. Entries that are no names are handed on as they are.</summary>
    public void Import(ReadOnlySpan<string> environment)
    {
        List<string> foreign = [];
        foreach (string entry in environment)
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                continue;
            if (!IsValidName(entry.AsSpan(0, equals)))
            {
                foreign.Add(entry);
                continue;
            }

            string name = entry[..equals];
            Assign(name, entry[(equals + 1)..]);
            SetAttributes(name, VariableAttributes.Exported);
        }

        _foreign = [.. foreign];
        _environment = null;
    }

    private string[] BuildEnvironment()
    {
        List<string> entries = new(_names.Count + _foreign.Length);
        foreach ((string name, Variable variable) in _names)
        {
            if (variable.IsExported && !variable.IsArray && Get(variable) is { } value)
                entries.Add(string.Concat(name, "=", value));
        }

        entries.AddRange(_foreign);
        return [.. entries];
    }
}
