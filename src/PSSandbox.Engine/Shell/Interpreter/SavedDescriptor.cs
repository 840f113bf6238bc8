using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Interpreter;

/// <summary>What stood at a descriptor before a redirection; a null file means that it was closed.</summary>
internal sealed record SavedDescriptor(int Descriptor, OpenFile? File, bool CloseOnExec);
