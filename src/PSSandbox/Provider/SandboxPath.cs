using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

/// <summary>A path of the drive: the sandbox's name, then the path inside it. The root has neither.</summary>
internal readonly struct SandboxPath
{
    private readonly string _name;

    private SandboxPath(string name, string inner)
    {
        _name = name;
        Inner = inner;
    }

    /// <summary>The path inside; "/" for the sandbox itself.</summary>
    public string Inner { get; }

    /// <summary>The whole path, as the provider takes it.</summary>
    public string Path => IsRoot ? "" : IsSandbox ? _name : _name + Inner;

    /// <summary>Whether it is the drive's root, the folder of all sandboxes.</summary>
    public bool IsRoot => _name.Length == 0;

    /// <summary>Whether it is a whole sandbox.</summary>
    public bool IsSandbox => _name.Length > 0 && Inner == "/";

    /// <summary>Reads a provider's path. Dots are resolved as text, as PowerShell does.</summary>
    public static SandboxPath Parse(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part != ".")
                parts.Add(part);
        }

        return parts.Count == 0 ? new SandboxPath("", "/") : new SandboxPath(parts[0], "/" + string.Join('/', parts.Skip(1)));
    }

    /// <summary>The sandbox.</summary>
    /// <exception cref="SandboxException">SandboxNotFound.</exception>
    public Sandbox Sandbox() => SandboxRegistry.Default.Get(_name);

    /// <summary>Whether it leads to something.</summary>
    public bool Exists() => IsRoot || SandboxRegistry.Default.TryGet(_name, out Sandbox? sandbox) && (Inner == "/" || sandbox!.ItemExists(Inner));

    /// <summary>Whether it leads to something that holds items; links are followed.</summary>
    public bool IsContainer()
    {
        if (IsRoot)
            return true;
        if (!SandboxRegistry.Default.TryGet(_name, out Sandbox? sandbox))
            return false;
        if (Inner == "/")
            return true;
        try
        {
            return sandbox!.GetItem(Inner, follow: true).IsContainer;
        }
        catch (SandboxException)
        {
            return false;
        }
    }
}
