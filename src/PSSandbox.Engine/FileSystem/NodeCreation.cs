namespace PSSandbox.FileSystem;

/// <summary>What to create under a name.</summary>
/// <param name="Type">What it is to be.</param>
/// <param name="Mode">Permission bits, the umask already applied.</param>
/// <param name="Owner">Who will own it.</param>
/// <param name="Target">A symbolic link's target.</param>
/// <param name="Device">A device's number.</param>
internal readonly record struct NodeCreation(FileType Type, int Mode, Credentials Owner, string? Target = null, ulong Device = 0);
