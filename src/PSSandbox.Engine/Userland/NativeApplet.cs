using PSSandbox.Processes;

namespace PSSandbox.Userland;

/// <summary>An applet of BusyBox whose ordinary uses are also part of this program, which then needs no instance of the module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">
/// Does what the applet does for a process, and gives its exit status; or does nothing and gives null, for what it leaves to BusyBox.
/// </param>
internal sealed record NativeApplet(string Name, Func<Process, int?> Run);
