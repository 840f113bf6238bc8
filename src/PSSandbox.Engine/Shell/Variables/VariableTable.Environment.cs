using PSSandbox.Shell.Expansion;

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

    /// <summary>Takes the environment that the shell was started with. Entries that are no names are handed on as they are; what the shell
    /// computes or does not let be changed keeps its value.</summary>
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
            Variable variable = Own(_names.GetValueOrDefault(name) ?? Create(name, 0));
            variable.Attributes |= VariableAttributes.Exported;
            if (!variable.IsReadonly && variable.Hook is null)
            {
                string value = entry[(equals + 1)..];
                Account(2L * (value.Length - (variable.Scalar?.Length ?? 0)));
                variable.Scalar = value;
            }

            Changed(variable);
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
                entries.Add(LargeText.Concat(name + "=", value, Host));
        }

        entries.AddRange(_foreign);
        return [.. entries];
    }
}
