namespace PSSandbox.FileSystem;

/// <summary>Follows what is shown on a terminal to know whether its cursor is at the beginning of a line.</summary>
internal sealed class LineStart
{
    private const byte Escape = 0x1b;
    private State _state;

    private enum State
    {
        Text,
        Escape,
        Sequence,
        Command,
        CommandEscape,
    }

    /// <summary>Whether it is.</summary>
    public bool IsAt { get; private set; } = true;

    /// <summary>Takes note of bytes that are shown.</summary>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        // Of long output only the last line matters, unless a sequence is open.
        if (_state == State.Text && bytes.LastIndexOfAny((byte)'\n', (byte)'\r') is > 0 and int last)
            bytes = bytes[last..];
        foreach (byte b in bytes)
        {
            switch (_state)
            {
                case State.Text when b == Escape:
                    _state = State.Escape;
                    break;
                case State.Text when b is (byte)'\n' or (byte)'\r':
                    IsAt = true;
                    break;
                case State.Text when b >= ' ' || b == '\t':
                    IsAt = false;
                    break;
                case State.Escape:
                    _state = b == '[' ? State.Sequence : b is (byte)']' or (byte)'P' ? State.Command : b is (byte)'(' or (byte)')' ? State.Escape : State.Text;
                    if (b == 'c')
                        IsAt = true;
                    break;
                case State.Sequence when b is >= 0x40 and <= 0x7e:
                    _state = State.Text;
                    if (b is (byte)'H' or (byte)'f')
                        IsAt = true;
                    break;
                case State.Command when b == 7:
                    _state = State.Text;
                    break;
                case State.Command when b == Escape:
                    _state = State.CommandEscape;
                    break;
                case State.CommandEscape:
                    _state = b == '\\' ? State.Text : State.Command;
                    break;
            }
        }
    }
}
