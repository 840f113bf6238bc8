using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// What is kept for it outside of its own memory.
internal sealed partial class Process : IMemoryOwner
{
    /// <summary>The sandbox's account: what a pipe holds outlives the process that wrote it.</summary>
    IMemoryAccount IMemoryOwner.Memory => Kernel.Memory;
}
