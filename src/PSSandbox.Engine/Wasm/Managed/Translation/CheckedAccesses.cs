namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>
/// Which accesses by way of a local need no check any more, because one that reached as far was checked while the local
/// had the same value. Memory never shrinks, so what was in bounds stays so, across calls too.
/// </summary>
internal sealed class CheckedAccesses
{
    private readonly long[] _extents = new long[LoopAnalysis.MaxLocals];
    private readonly int[] _versions = new int[LoopAnalysis.MaxLocals];
    private (long Extent, int Version)[] _saved = new (long, int)[16 * LoopAnalysis.MaxLocals];
    private int _depth;
    private int _locals;

    /// <summary>Begins a function; one with too many locals is not treated.</summary>
    public void Clear(int locals)
    {
        _locals = locals <= LoopAnalysis.MaxLocals ? locals : 0;
        _extents.AsSpan().Clear();
        _depth = 0;
    }

    /// <summary>Whether the bytes up to <paramref name="extent"/> behind a local were checked.</summary>
    public bool IsChecked(int local, long extent) => local < _locals && _extents[local] >= extent;

    /// <summary>Notes a check.</summary>
    public void Check(int local, long extent)
    {
        if (local < _locals)
            _extents[local] = Math.Max(_extents[local], extent);
    }

    /// <summary>Notes that a local has another value.</summary>
    public void Assign(int local)
    {
        if (local >= _locals)
            return;
        _extents[local] = 0;
        _versions[local]++;
    }

    /// <summary>Enters a block.</summary>
    public void Enter()
    {
        int start = _depth++ * LoopAnalysis.MaxLocals;
        if (start == _saved.Length)
            Array.Resize(ref _saved, start * 2);
        for (int i = 0; i < _locals; i++)
            _saved[start + i] = (_extents[i], _versions[i]);
    }

    /// <summary>Enters a loop: what it assigns may have another value when its head is reached again.</summary>
    public void EnterLoop(ulong assigned)
    {
        Enter();
        for (int i = 0; i < _locals; i++)
        {
            if ((assigned >> i & 1) != 0)
                _extents[i] = 0;
        }
    }

    /// <summary>Begins the other arm, or goes on where arms and branches meet: only what held at the entry, and was not assigned since, holds.</summary>
    public void Meet()
    {
        int start = (_depth - 1) * LoopAnalysis.MaxLocals;
        for (int i = 0; i < _locals; i++)
            _extents[i] = _saved[start + i].Version == _versions[i] ? _saved[start + i].Extent : 0;
    }

    /// <summary>Leaves a block.</summary>
    public void Leave() => _depth--;
}
