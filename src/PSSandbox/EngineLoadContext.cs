using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PSSandbox;

/// <summary>
/// Where the engine is loaded: a context of the module's own, so that another module with an assembly of the same name
/// does not meet it. Where the module brings the engine compiled for this platform, that one is taken: it starts faster.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string EngineName = "PSSandbox.Engine";
    private static readonly string Folder = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;
    private static readonly Lazy<Assembly> Engine = new(Load);

    private EngineLoadContext()
        : base("PSSandbox")
    {
    }

    /// <summary>Answers for the engine, and for nothing else, from the first use of this assembly on.</summary>
#pragma warning disable CA2255 // The resolver must be there before any code of this assembly that names the engine.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (File.Exists(Path.Combine(Folder, EngineName + ".dll")))
            Default.Resolving += static (_, name) => name.Name == EngineName ? Engine.Value : null;
    }

    private static Assembly Load()
    {
        var context = new EngineLoadContext();
        string compiled = Path.Combine(Folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "lib", EngineName + ".dll");
        if (File.Exists(compiled))
        {
            try
            {
                return context.LoadFromAssemblyPath(compiled);
            }
            catch (BadImageFormatException)
            {
                // Of another platform after all.
            }
        }

        return context.LoadFromAssemblyPath(Path.Combine(Folder, EngineName + ".dll"));
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => null;
}
