using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PSSandbox.Sandboxes;

namespace PSSandbox;

/// <summary>Which runspace made a sandbox: removing the module from one runspace leaves what others made alone.</summary>
internal static class SandboxOwners
{
    private static readonly ConditionalWeakTable<Sandbox, WeakReference<Runspace>> Owners = new();

    /// <summary>The calling runspace owns it.</summary>
    public static Sandbox Own(this Sandbox sandbox)
    {
        if (Runspace.DefaultRunspace is { } runspace)
            Owners.AddOrUpdate(sandbox, new WeakReference<Runspace>(runspace));
        return sandbox;
    }

    /// <summary>Ends what the calling runspace owns and what nobody owns any more.</summary>
    public static void EndOwned()
    {
        foreach (Sandbox sandbox in SandboxRegistry.Default.Sandboxes)
        {
            if (!IsOwnedElsewhere(sandbox))
                SandboxRegistry.Default.Remove(sandbox);
        }
    }

    private static bool IsOwnedElsewhere(Sandbox sandbox) =>
        Owners.TryGetValue(sandbox, out WeakReference<Runspace>? reference)
        && reference.TryGetTarget(out Runspace? owner)
        && owner != Runspace.DefaultRunspace
        && owner.RunspaceStateInfo.State == RunspaceState.Opened;
}
