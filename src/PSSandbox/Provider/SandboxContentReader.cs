using System.Collections;
using System.Management.Automation.Provider;
using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

/// <summary>Reads a file for Get-Content: lines, bytes, or all at once.</summary>
internal sealed class SandboxContentReader(SandboxFileStream stream, ContentParameters parameters) : IContentReader
{
    private readonly StreamReader _text = new(stream, parameters.Encoding);
    private readonly bool _raw = parameters is ContentReadParameters { Raw.IsPresent: true };
    private readonly int _last = parameters is ContentReadParameters read ? read.TailCount : int.MaxValue;
    private readonly Queue<object> _kept = new();
    private bool _done;

    /// <inheritdoc/>
    public IList Read(long readCount)
    {
        if (_raw)
            return ReadAll();
        long most = readCount <= 0 ? long.MaxValue : readCount;
        if (_last != int.MaxValue)
            return ReadLast(most);
        return parameters.AsByteStream ? ReadBytes(most) : ReadLines(most);
    }

    /// <inheritdoc/>
    public void Seek(long offset, SeekOrigin origin)
    {
        stream.Seek(offset, origin);
        _text.DiscardBufferedData();
    }

    /// <inheritdoc/>
    public void Close() => _text.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Close();

    private object[] ReadAll()
    {
        if (_done)
            return [];
        _done = true;
        if (!parameters.AsByteStream)
            return [_text.ReadToEnd()];
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return [all.ToArray()];
    }

    private List<object> ReadLast(long most)
    {
        while (!_done && (parameters.AsByteStream ? ReadBytes(64 << 10) : ReadLines(1024)) is { Count: > 0 } some)
        {
            foreach (object one in some)
            {
                if (_kept.Count == _last)
                    _kept.TryDequeue(out _);
                if (_last > 0)
                    _kept.Enqueue(one);
            }
        }

        _done = true;
        var given = new List<object>();
        while (given.Count < most && _kept.TryDequeue(out object? next))
            given.Add(next);
        return given;
    }

    private List<object> ReadLines(long most)
    {
        var lines = new List<object>();
        while (lines.Count < most && _text.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private List<object> ReadBytes(long most)
    {
        var bytes = new List<object>();
        byte[] buffer = new byte[(int)Math.Min(most, 64 << 10)];
        int count;
        while (bytes.Count < most && (count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most - bytes.Count))) > 0)
        {
            for (int i = 0; i < count; i++)
                bytes.Add(buffer[i]);
        }

        return bytes;
    }
}
