namespace PSSandbox.Wasi;

/// <summary>The directories that a program finds open when it begins, by the names that it knows them by.</summary>
internal sealed class Preopens
{
    /// <summary>The first one's descriptor.</summary>
    public const int First = 3;

    private string?[] _names = [];

    /// <summary>Sets the names of descriptors from <see cref="First"/> on.</summary>
    public void Set(string[] names) => _names = names;

    /// <summary>The name of a preopened directory; null if the descriptor is none.</summary>
    public string? this[int descriptor] =>
        (uint)(descriptor - First) < (uint)_names.Length ? _names[descriptor - First] : null;

    /// <summary>The descriptor was closed or means something else from now on.</summary>
    public void Forget(int descriptor)
    {
        if ((uint)(descriptor - First) < (uint)_names.Length)
            _names[descriptor - First] = null;
    }
}
