using System.Runtime.CompilerServices;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>Programs are compiled in this process, whatever an earlier one has left in the user's cache.</summary>
internal static class NoCodeCache
{
#pragma warning disable CA2255 // Before the engine reads it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void SwitchOff() => Environment.SetEnvironmentVariable("PSSANDBOX_CACHE", "");
}
