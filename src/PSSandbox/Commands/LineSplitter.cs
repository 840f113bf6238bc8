using System.Text;

namespace PSSandbox.Commands;

/// <summary>Makes lines of UTF-8 that comes in pieces. A line ends with LF or CR LF.</summary>
internal sealed class LineSplitter
{
    private readonly List<byte> _partial = [];

    /// <summary>Takes a piece and gives each line that it completes.</summary>
    public void Add(ReadOnlySpan<byte> bytes, Action<string> line)
    {
        while (bytes.Length > 0)
        {
            int end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                _partial.AddRange(bytes);
                return;
            }

            if (_partial.Count == 0)
            {
                line(Decode(bytes[..end]));
            }
            else
            {
                _partial.AddRange(bytes[..end]);
                Flush(line);
            }

            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Gives a last line without an end, if there is one.</summary>
    public void Flush(Action<string> line)
    {
        if (_partial.Count == 0)
            return;
        string text = Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_partial));
        _partial.Clear();
        line(text);
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes);
}
