using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>Finds PowerShell's assemblies where its pwsh is, where they do not come from a package.</summary>
internal static class PowerShellAssemblies
{
    private static readonly string Home = typeof(PowerShellAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "PwshHome").Value ?? "";

#pragma warning disable CA2255 // Before any code of this assembly that names a type of PowerShell.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (Home.Length > 0)
            AssemblyLoadContext.Default.Resolving += static (context, name) =>
                Path.Combine(Home, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
