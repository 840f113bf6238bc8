using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>A sandbox as a parameter takes it: the object, its name or its id.</summary>
public sealed class SandboxReference
{
    /// <summary>By the object.</summary>
    public SandboxReference(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        Sandbox = sandbox;
        Name = sandbox.Name;
    }

    /// <summary>By its name or id; some cmdlets take wildcards.</summary>
    public SandboxReference(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name, id or pattern.</summary>
    public string Name { get; }

    /// <summary>The object, where it was given.</summary>
    public Sandbox? Sandbox { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
