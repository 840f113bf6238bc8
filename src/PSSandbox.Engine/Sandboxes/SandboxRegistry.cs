using System.Collections.Concurrent;
using System.Text;

namespace PSSandbox.Sandboxes;

/// <summary>Sandboxes by name and id. Safe for use by several threads. Names are compared without regard to case.</summary>
public sealed class SandboxRegistry
{
    private const int MaxNameLength = 128;
    private readonly ConcurrentDictionary<string, Sandbox> _byName = new(StringComparer.OrdinalIgnoreCase);

    private SandboxRegistry() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear();

    /// <summary>The host process's own. What is in it is disposed when the host process ends.</summary>
    public static SandboxRegistry Default { get; } = new();

    /// <summary>All that are there, by name.</summary>
    public IReadOnlyList<Sandbox> Sandboxes
    {
        get
        {
            var all = new List<Sandbox>();
            foreach (Sandbox sandbox in _byName.Values)
            {
                if (IsThere(sandbox))
                    all.Add(sandbox);
            }

            all.Sort(static (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase));
            return all;
        }
    }

    /// <summary>Makes a sandbox that can be found by its name.</summary>
    /// <exception cref="SandboxException">SandboxExists; InvalidOption for a name that cannot be one; what making a sandbox throws.</exception>
    public Sandbox Create(SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Add(options.Name, () => Sandbox.Create(options));
    }

    /// <summary>Makes a copy of a sandbox that can be found by its name.</summary>
    /// <exception cref="SandboxException">SandboxExists, InvalidOption, SandboxNotRunning, MountFailed.</exception>
    public Sandbox Fork(Sandbox source, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Add(name, () => source.Fork(name));
    }

    /// <summary>Finds one by name, or by id (or as many of its first digits as make it certain, four at least).</summary>
    public bool TryGet(string nameOrId, out Sandbox? sandbox)
    {
        ArgumentNullException.ThrowIfNull(nameOrId);
        if (_byName.TryGetValue(nameOrId, out sandbox) && IsThere(sandbox))
            return true;
        sandbox = null;
        if (nameOrId.Length < 4)
            return false;
        foreach (Sandbox candidate in Sandboxes)
        {
            if (!candidate.Id.StartsWith(nameOrId, StringComparison.OrdinalIgnoreCase))
                continue;
            if (sandbox is not null)
            {
                sandbox = null;
                return false;
            }

            sandbox = candidate;
        }

        return sandbox is not null;
    }

    /// <summary>Finds one by name or id.</summary>
    /// <exception cref="SandboxException">SandboxNotFound.</exception>
    public Sandbox Get(string nameOrId) => TryGet(nameOrId, out Sandbox? sandbox)
        ? sandbox!
        : throw new SandboxException(SandboxErrorCode.SandboxNotFound, $"There is no sandbox '{nameOrId}'.");

    /// <summary>Takes one out and disposes it.</summary>
    public void Remove(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        _byName.TryRemove(KeyValuePair.Create(sandbox.Name, sandbox));
        sandbox.Dispose();
    }

    /// <summary>Takes all out and disposes them.</summary>
    public void Clear()
    {
        foreach (Sandbox sandbox in _byName.Values)
            Remove(sandbox);
    }

    /// <summary>Whether a text can be a sandbox's name: a letter or digit, then letters, digits, <c>_ . -</c>; 128 at the most.</summary>
    public static bool IsValidName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxNameLength || !Rune.TryGetRuneAt(name, 0, out Rune first) || !Rune.IsLetterOrDigit(first))
            return false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '.' or '-'))
                return false;
        }

        return true;
    }

    private Sandbox Add(string? name, Func<Sandbox> make)
    {
        if (name is not null && !IsValidName(name))
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{name}' is not a name for a sandbox: use at most {MaxNameLength} letters, digits, '_', '.' and '-', beginning with a letter or digit.");
        while (true)
        {
            if (name is not null && _byName.TryGetValue(name, out Sandbox? other) && IsThere(other))
                throw Taken(name);
            Sandbox sandbox = make();
            if (_byName.TryAdd(sandbox.Name, sandbox))
                return sandbox;
            sandbox.Dispose();
            if (name is not null)
                throw Taken(name);
        }
    }

    /// <summary>Whether it still exists; one that was disposed by other means is forgotten.</summary>
    private bool IsThere(Sandbox sandbox)
    {
        if (sandbox.Status != SandboxStatus.Destroyed)
            return true;
        _byName.TryRemove(KeyValuePair.Create(sandbox.Name, sandbox));
        return false;
    }

    private static SandboxException Taken(string name) => new(SandboxErrorCode.SandboxExists, $"A sandbox named '{name}' already exists.");
}
