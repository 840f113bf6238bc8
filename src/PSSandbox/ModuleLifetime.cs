using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace PSSandbox;

/// <summary>What happens when the module comes and goes. Coming does no work.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => RuntimeHelpers.RunModuleConstructor(typeof(ModuleLifetime).Module.ModuleHandle);

    /// <summary>Ends the sandboxes that this runspace made, and those of runspaces that are gone.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => SandboxOwners.EndOwned();
}
