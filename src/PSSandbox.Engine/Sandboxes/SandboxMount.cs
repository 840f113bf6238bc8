namespace PSSandbox.Sandboxes;

/// <summary>A folder or file of the host, seen inside a sandbox.</summary>
/// <param name="HostPath">Where it is on the host.</param>
/// <param name="Path">Where it appears inside; absolute.</param>
/// <param name="Access">What may be done with it.</param>
public sealed record SandboxMount(string HostPath, string Path, MountAccess Access = MountAccess.ReadOnly)
{
    /// <summary>Reads <c>HOST:PATH[:ro|rw|cow]</c>. A drive letter at the beginning is part of HOST.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SandboxMount Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string rest = text;
        var access = MountAccess.ReadOnly;
        int last = rest.LastIndexOf(':');
        if (last > 0)
        {
            MountAccess? given = rest[(last + 1)..] switch
            {
                "ro" => MountAccess.ReadOnly,
                "rw" => MountAccess.ReadWrite,
                "cow" => MountAccess.CopyOnWrite,
                _ => null,
            };
            if (given is { } value)
            {
                access = value;
                rest = rest[..last];
            }
        }

        int separator = rest.LastIndexOf(":/", StringComparison.Ordinal);
        if (separator <= 0 || separator == 1 && char.IsAsciiLetter(rest[0]) && OperatingSystem.IsWindows())
            throw new FormatException($"A mount is written HOST:PATH[:ro|rw|cow] with an absolute PATH, not '{text}'.");
        return new SandboxMount(rest[..separator], rest[(separator + 1)..], access);
    }
}
