using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>Collects a command's output and writes it to a descriptor in large pieces; to a terminal line by line.</summary>
internal sealed class OutputBuffer(Process process, int descriptor)
{
    private const int FlushAt = 32768;
    private readonly StringBuilder _text = new();
    private readonly bool _lines = process.Descriptors[descriptor]?.Terminal is not null;
    private bool _failed;

    /// <summary>Adds a byte string.</summary>
    public OutputBuffer Write(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        if (_text.Length >= FlushAt || _lines && text.Contains('\n'))
            Flush();
        return this;
    }

    /// <summary>Adds a byte.</summary>
    public OutputBuffer Write(char value) => Write([value]);

    /// <summary>Adds a line.</summary>
    public void WriteLine(ReadOnlySpan<char> text) => Write(text).Write('\n');

    /// <summary>Writes what was collected. False, having said so, if that or a former attempt failed.</summary>
    public bool Flush()
    {
        if (_text.Length == 0)
            return !_failed;
        byte[] bytes = ByteText.ToBytes(_text.ToString());
        _text.Clear();
        Errno error = process.WriteAll(descriptor, bytes);
        if (error != Errno.None && !_failed)
        {
            _failed = true;
            process.WriteAll(2, ByteText.ToBytes($"{process.Arguments[0]}: write error: {error.Message()}\n"));
        }

        return !_failed;
    }
}
