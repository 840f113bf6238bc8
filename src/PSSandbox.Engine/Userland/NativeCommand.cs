using PSSandbox.Processes;

namespace PSSandbox.Userland;

/// <summary>A command that is part of this program instead of a WebAssembly module.</summary>
/// <param name="Name">Its name: of its file, and in that file.</param>
/// <param name="Directory">The directory that its file is in.</param>
/// <param name="Create">Makes a program for one process.</param>
internal sealed record NativeCommand(string Name, string Directory, Func<IProgram> Create);
