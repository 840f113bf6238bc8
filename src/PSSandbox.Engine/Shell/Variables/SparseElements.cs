using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Variables;

/// <summary>Elements at indices far from each other, in order: in chunks, so that many are few objects and are copied at once.</summary>
internal sealed class SparseElements
{
    private const int ChunkLength = 512;
    private readonly List<Chunk> _chunks;

    /// <summary>Has none yet.</summary>
    public SparseElements() => _chunks = [];

    /// <summary>A copy.</summary>
    public SparseElements(SparseElements other, Action checkpoint)
    {
        _chunks = new List<Chunk>(other._chunks.Count);
        foreach (Chunk chunk in other._chunks)
        {
            checkpoint();
            _chunks.Add(chunk.Clone());
        }

        Count = other.Count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The highest index; there must be one.</summary>
    public long LastIndex => _chunks[^1].Last;

    /// <summary>The element at an index.</summary>
    public bool TryGet(long index, [NotNullWhen(true)] out string? value)
    {
        value = null;
        int at = FindChunk(index);
        if (at < 0)
            return false;
        Chunk chunk = _chunks[at];
        int place = chunk.Find(index);
        if (place >= 0)
            value = chunk.Values[place];
        return place >= 0;
    }

    /// <summary>Sets the element at an index, and gives the former one.</summary>
    public string? Set(long index, string value)
    {
        int at = Math.Max(FindChunk(index), 0);
        if (_chunks.Count == 0 || (at == _chunks.Count - 1 && _chunks[at].Length == ChunkLength && index > LastIndex))
        {
            _chunks.Add(new Chunk());
            at = _chunks.Count - 1;
        }

        Chunk chunk = _chunks[at];
        int place = chunk.Find(index);
        if (place >= 0)
        {
            string former = chunk.Values[place];
            chunk.Values[place] = value;
            return former;
        }

        if (chunk.Length == ChunkLength)
        {
            Chunk upper = chunk.Split();
            _chunks.Insert(at + 1, upper);
            if (index > chunk.Last)
                chunk = upper;
        }

        chunk.Insert(~chunk.Find(index), index, value);
        Count++;
        return null;
    }

    /// <summary>Removes the element at an index, and gives it; null if there is none.</summary>
    public string? Remove(long index)
    {
        int at = FindChunk(index);
        if (at < 0)
            return null;
        Chunk chunk = _chunks[at];
        int place = chunk.Find(index);
        if (place < 0)
            return null;
        string removed = chunk.Values[place];
        chunk.RemoveAt(place);
        if (chunk.Length == 0)
            _chunks.RemoveAt(at);
        Count--;
        return removed;
    }

    /// <summary>Moves all elements below an index to where they belong in an array.</summary>
    public void MoveBelow(long end, Span<string?> target)
    {
        int whole = 0;
        foreach (Chunk chunk in _chunks)
        {
            int moved = chunk.MoveBelow(end, target);
            Count -= moved;
            if (chunk.Length > 0)
                break;
            whole++;
        }

        _chunks.RemoveRange(0, whole);
    }

    /// <summary>The values in order of index.</summary>
    public void CopyValuesTo(List<string> output)
    {
        output.EnsureCapacity(output.Count + Count);
        foreach (Chunk chunk in _chunks)
            output.AddRange(chunk.Values.AsSpan(0, chunk.Length)!);
    }

    /// <summary>The elements in order of index.</summary>
    public IEnumerator<KeyValuePair<long, string>> GetEnumerator()
    {
        foreach (Chunk chunk in _chunks)
        {
            for (int i = 0; i < chunk.Length; i++)
                yield return new(chunk.Indices[i], chunk.Values[i]);
        }
    }

    // The last chunk that begins at the index or before it.
    private int FindChunk(long index)
    {
        int low = 0;
        int high = _chunks.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_chunks[middle].Indices[0] <= index)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    private sealed class Chunk
    {
        public long[] Indices { get; private set; } = new long[4];

        public string[] Values { get; private set; } = new string[4];

        public int Length { get; private set; }

        public long Last => Indices[Length - 1];

        public Chunk Clone() => new() { Indices = Indices.AsSpan().ToArray(), Values = Values.AsSpan().ToArray(), Length = Length };

        /// <summary>As of <see cref="Array.BinarySearch(Array, object?)"/>.</summary>
        public int Find(long index) => Indices.AsSpan(0, Length).BinarySearch(index);

        public void Insert(int place, long index, string value)
        {
            if (Length == Indices.Length)
                Resize(2 * Length);
            Array.Copy(Indices, place, Indices, place + 1, Length - place);
            Array.Copy(Values, place, Values, place + 1, Length - place);
            Indices[place] = index;
            Values[place] = value;
            Length++;
        }

        public void RemoveAt(int place)
        {
            Length--;
            Array.Copy(Indices, place + 1, Indices, place, Length - place);
            Array.Copy(Values, place + 1, Values, place, Length - place);
            Values[Length] = null!;
        }

        /// <summary>Moves the upper half to a chunk of its own.</summary>
        public Chunk Split()
        {
            int half = Length / 2;
            Chunk upper = new() { Indices = new long[Indices.Length], Values = new string[Values.Length], Length = Length - half };
            Indices.AsSpan(half, Length - half).CopyTo(upper.Indices);
            Values.AsSpan(half, Length - half).CopyTo(upper.Values);
            Values.AsSpan(half).Clear();
            Length = half;
            return upper;
        }

        public int MoveBelow(long end, Span<string?> target)
        {
            int count = Find(end);
            count = count < 0 ? ~count : count;
            for (int i = 0; i < count; i++)
                target[(int)Indices[i]] = Values[i];
            int left = Length - count;
            Indices.AsSpan(count, left).CopyTo(Indices);
            Values.AsSpan(count, left).CopyTo(Values);
            Values.AsSpan(left, count).Clear();
            Length = left;
            return count;
        }

        private void Resize(int length)
        {
            long[] indices = new long[length];
            string[] values = new string[length];
            Indices.AsSpan(0, Length).CopyTo(indices);
            Values.AsSpan(0, Length).CopyTo(values);
            (Indices, Values) = (indices, values);
        }
    }
}
