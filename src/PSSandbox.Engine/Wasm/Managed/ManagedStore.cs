namespace PSSandbox.Wasm.Managed;

/// <summary>Instances that may refer to each other; they live until the store is disposed.</summary>
internal sealed class ManagedStore : IDisposable
{
    private readonly List<IDisposable> _contents = [];

    /// <summary>Adds what is to live as long as the store.</summary>
    public void Add(IDisposable content) => _contents.Add(content);

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _contents.Count - 1; i >= 0; i--)
            _contents[i].Dispose();
        _contents.Clear();
    }
}
