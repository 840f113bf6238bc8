namespace PSSandbox.Shell.Variables;

/// <summary>
/// The names of one or several shells. A subshell begins by sharing its parent's; the first of them that changes
/// something while another still looks takes a copy.
/// </summary>
internal sealed class VariableStore
{
    private static long s_generation;
    private int _users = 1;
    private long _generation = Interlocked.Increment(ref s_generation);

    /// <summary>Makes an empty one.</summary>
    public VariableStore() => Names = [];

    private VariableStore(Dictionary<string, Variable> names) => Names = new Dictionary<string, Variable>(names);

    /// <summary>The variables by name.</summary>
    public Dictionary<string, Variable> Names { get; }

    /// <summary>
    /// Variables that bear this number may be changed in place by the only user. It changes when a user leaves with a
    /// copy, in which the same variables occur.
    /// </summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Whether more than one shell uses it.</summary>
    public bool IsShared => Volatile.Read(ref _users) > 1;

    /// <summary>Adds a user.</summary>
    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>A user goes away.</summary>
    public void RemoveUser() => Interlocked.Decrement(ref _users);

    /// <summary>A user goes away with a copy of its own.</summary>
    public VariableStore Leave()
    {
        var copy = new VariableStore(Names);
        Volatile.Write(ref _generation, Interlocked.Increment(ref s_generation));
        Interlocked.Decrement(ref _users);
        return copy;
    }
}
