using System.Runtime.CompilerServices;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// The variables that shells begin with, once they have taken their environment. Shells that are started with the very same
/// array of it, which nobody changes in place, share one table until they change something.
/// </summary>
/// <remarks>Safe for several threads. A table is kept as long as its environment is.</remarks>
internal sealed class StartingVariables
{
    private static readonly ConditionalWeakTable<string[], StartingVariables> ByEnvironment = [];

    private volatile Kept? _kept;
    private int _asked;

    private sealed record Kept(ShellFlavor Flavor, int UserId, string HostName, VariableTable Table)
    {
        public bool IsFor(ShellInterpreter shell) =>
            Flavor == shell.Flavor && UserId == shell.Process.User.UserId && HostName == shell.Process.Kernel.HostName;
    }

    /// <summary>The variables of a shell that begins; null where none like it began before.</summary>
    public static VariableTable? Find(ShellInterpreter shell) =>
        ByEnvironment.TryGetValue(shell.Process.Environment, out StartingVariables? found) && found._kept is { } kept && kept.IsFor(shell)
            ? kept.Table.Clone(shell)
            : null;

    /// <summary>Keeps what a shell has begun with for those that follow: from the second on, since most have an environment of their own.</summary>
    public static void Keep(ShellInterpreter shell)
    {
        string[] environment = shell.Process.Environment;
        StartingVariables found = ByEnvironment.GetOrCreateValue(environment);
        if (Interlocked.Increment(ref found._asked) == 1 || Array.Exists(environment, e => !CanBeKept(shell, e)))
            return;
        shell.Variables.GetEnvironment();
        found._kept = new Kept(shell.Flavor, shell.Process.User.UserId, shell.Process.Kernel.HostName, shell.Variables.Clone(NobodysVariables.Instance));
    }

    // Not a function, and nothing that is computed anew each time.
    private static bool CanBeKept(ShellInterpreter shell, string entry) =>
        entry.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && !entry.StartsWith("BASH_FUNC_", StringComparison.Ordinal)
        && shell.Variables.FindDirect(entry[..equals])?.Hook is null;
}
