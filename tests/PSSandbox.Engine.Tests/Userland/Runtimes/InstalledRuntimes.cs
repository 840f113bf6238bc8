using System.Runtime.CompilerServices;
using PSSandbox.Sandboxes;
using PSSandbox.Userland;

namespace PSSandbox.Tests.Userland.Runtimes;

/// <summary>The language runtimes that the test task has installed under <c>out</c>, for all tests of this process.</summary>
internal static class InstalledRuntimes
{
    [ModuleInitializer]
    internal static void Find()
    {
        if (Environment.GetEnvironmentVariable(LanguageRuntimes.Variable) is null)
            Environment.SetEnvironmentVariable(LanguageRuntimes.Variable, Path.Combine(TestPaths.Repository, "out", "userland", "runtimes"));
    }

    /// <summary>The engine that the test task asks for.</summary>
    public static string Engine { get; } = Environment.GetEnvironmentVariable("PSSANDBOX_ENGINE") ?? "auto";

    /// <summary>A sandbox with a runtime; skips the test where that is not here.</summary>
    public static Sandbox Create(string runtime, params SandboxMount[] mounts)
    {
        Assert.SkipUnless(
            SandboxRuntime.Languages.Any(l => l.Name == runtime && l.IsInstalled),
            $"needs the language runtime {runtime}, which './build.sh runtimes' installs where npm is");
        return Sandbox.Create(new SandboxOptions { Engine = Engine, Mounts = mounts });
    }
}
