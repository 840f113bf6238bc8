using PSSandbox.Sandboxes;

namespace PSSandbox.Binding;

/// <summary>A sandbox as a parameter takes it: the object, its name or its id.</summary>
public sealed class SandboxReference
{
    private SandboxReference(Sandbox sandbox)
        : this(sandbox.Name) => Sandbox = sandbox;

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

    /// <summary>By the object.</summary>
    // An operator, and no constructor: PowerShell looks at every public constructor at import, which would load the engine.
    public static implicit operator SandboxReference(Sandbox sandbox) => FromSandbox(sandbox);

    /// <summary>By the object.</summary>
    public static SandboxReference FromSandbox(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return new SandboxReference(sandbox);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
