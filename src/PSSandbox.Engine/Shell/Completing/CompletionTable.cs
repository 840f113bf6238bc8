using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Completing;

/// <summary>The specifications of a shell, by the names of commands.</summary>
internal sealed class CompletionTable
{
    /// <summary>The name that stands for an empty line (<c>-E</c>).</summary>
    public const string EmptyLine = "_EmptycmD_";

    /// <summary>The name that stands for commands without a specification of their own (<c>-D</c>).</summary>
    public const string Fallback = "_DefaultCmD_";

    /// <summary>The name that stands for the first word of a line (<c>-I</c>).</summary>
    public const string FirstWord = "_InitialWorD_";

    private const int Buckets = 512;

    private readonly Dictionary<string, CompletionSpecification> _specifications;

    /// <summary>Makes an empty table.</summary>
    public CompletionTable() => _specifications = [];

    private CompletionTable(CompletionTable other) => _specifications = new(other._specifications);

    /// <summary>The specification that is being generated from, for <c>compopt</c> to change; null outside of that.</summary>
    public CompletionOptions? Present { get; set; }

    /// <summary>All names, in bash's order: by the buckets that its hash function gives them.</summary>
    /// <param name="checkpoint">Called after each name: there may be many.</param>
    public IEnumerable<KeyValuePair<string, CompletionSpecification>> InOrder(Action checkpoint)
    {
        var buckets = new List<KeyValuePair<string, CompletionSpecification>>?[Buckets];
        foreach (KeyValuePair<string, CompletionSpecification> entry in _specifications)
        {
            checkpoint();
            (buckets[BashHash.Of(entry.Key) % Buckets] ??= []).Add(entry);
        }

        foreach (KeyValuePair<string, CompletionSpecification> entry in buckets.SelectMany(static bucket => bucket ?? []))
        {
            checkpoint();
            yield return entry;
        }
    }

    /// <summary>The specification of a command, by its name or the last part of its path; null if there is none.</summary>
    public CompletionSpecification? Find(string command) =>
        Get(command) ?? Get(command[(command.LastIndexOf('/') + 1)..]) ?? Get(Fallback);

    /// <summary>The specification of exactly this name; null if there is none.</summary>
    public CompletionSpecification? Get(string name) => _specifications.GetValueOrDefault(name);

    /// <summary>Sets a specification.</summary>
    public void Set(string name, CompletionSpecification specification) => _specifications[name] = specification;

    /// <summary>Removes a specification; false if there is none.</summary>
    public bool Remove(string name) => _specifications.Remove(name);

    /// <summary>Removes all.</summary>
    public void Clear() => _specifications.Clear();

    /// <summary>A copy, for a subshell.</summary>
    public CompletionTable Copy() => new(this);
}
