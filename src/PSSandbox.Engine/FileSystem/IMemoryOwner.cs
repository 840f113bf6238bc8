namespace PSSandbox.FileSystem;

/// <summary>A caller on whose sandbox's account memory is taken: that of the pipes it writes to.</summary>
internal interface IMemoryOwner
{
    /// <summary>The account.</summary>
    IMemoryAccount Memory { get; }
}
