using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PSSandbox.Sandboxes;

/// <summary>The console on Windows 10 and later, with virtual terminal sequences in both directions.</summary>
internal sealed unsafe partial class WindowsConsole : IHostConsole
{
    private const int InputHandle = -10, OutputHandle = -11;
    private const uint VirtualInput = 0x200, WindowInput = 0x8;
    private const uint ProcessedOutput = 0x1, WrapOutput = 0x2, VirtualOutput = 0x4, NoAutoReturn = 0x8;
    private const uint Utf8 = 65001, Forever = uint.MaxValue;
    private const int RecordSize = 20, MaxRecords = 64;
    private const ushort KeyRecord = 1, WindowRecord = 4, AltKey = 0x12;

    private readonly nint _input = GetStdHandle(InputHandle);
    private readonly nint _output = GetStdHandle(OutputHandle);
    private readonly ManualResetEvent _stop = new(false);
    private readonly Queue<byte> _keys = new();
    private readonly Lock _lock = new();
    private uint _inputMode, _outputMode, _inputPage, _outputPage;
    private char _highSurrogate;
    private bool _raw;

    /// <inheritdoc/>
    public event Action? Resized;

    /// <summary>Whether standard input and output both are a console.</summary>
    public static bool IsTerminal =>
        GetConsoleMode(GetStdHandle(InputHandle), out _) != 0 && GetConsoleMode(GetStdHandle(OutputHandle), out _) != 0;

    /// <inheritdoc/>
    public (int Rows, int Columns) Size => (Math.Max(1, Console.WindowHeight), Math.Max(1, Console.WindowWidth));

    /// <inheritdoc/>
    public void EnterRawMode()
    {
        lock (_lock)
        {
            if (_raw)
                return;
            _raw = true;
            _ = GetConsoleMode(_input, out _inputMode);
            _ = GetConsoleMode(_output, out _outputMode);
            _inputPage = GetConsoleCP();
            _outputPage = GetConsoleOutputCP();
            _ = SetConsoleMode(_input, VirtualInput | WindowInput);
            _ = SetConsoleMode(_output, ProcessedOutput | WrapOutput | VirtualOutput | NoAutoReturn);
            _ = SetConsoleCP(Utf8);
            _ = SetConsoleOutputCP(Utf8);
        }
    }

    /// <inheritdoc/>
    public void LeaveRawMode()
    {
        lock (_lock)
        {
            if (!_raw)
                return;
            _raw = false;
            _ = SetConsoleMode(_input, _inputMode);
            _ = SetConsoleMode(_output, _outputMode);
            _ = SetConsoleCP(_inputPage);
            _ = SetConsoleOutputCP(_outputPage);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        nint* handles = stackalloc nint[2];
        handles[0] = _stop.SafeWaitHandle.DangerousGetHandle();
        handles[1] = _input;
        byte* records = stackalloc byte[RecordSize * MaxRecords];
        while (_keys.Count == 0)
        {
            if (WaitForMultipleObjects(2, handles, 0, Forever) != 1)
                return 0;
            if (ReadConsoleInputW(_input, records, MaxRecords, out uint count) == 0)
                return 0;
            for (int i = 0; i < count; i++)
                Take(new ReadOnlySpan<byte>(records + (i * RecordSize), RecordSize));
        }

        int length = 0;
        while (length < buffer.Length && _keys.TryDequeue(out byte key))
            buffer[length++] = key;
        return length;
    }

    /// <inheritdoc/>
    public void StopReading() => _stop.Set();

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            uint written;
            fixed (byte* source = bytes)
            {
                if (WriteFile(_output, source, (uint)Math.Min(bytes.Length, 1 << 15), out written, 0) == 0)
                    throw new IOException($"The console cannot be written to: error {Marshal.GetLastPInvokeError()}.");
            }

            bytes = bytes[(int)written..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LeaveRawMode();
        _stop.Dispose();
    }

    /// <summary>Takes an INPUT_RECORD: a key's characters are queued as UTF-8.</summary>
    private void Take(ReadOnlySpan<byte> record)
    {
        ushort kind = BinaryPrimitives.ReadUInt16LittleEndian(record);
        if (kind == WindowRecord)
            Resized?.Invoke();
        if (kind != KeyRecord)
            return;
        bool down = BinaryPrimitives.ReadInt32LittleEndian(record[4..]) != 0;
        ushort key = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        char character = (char)BinaryPrimitives.ReadUInt16LittleEndian(record[14..]);

        // A character typed by its number comes with the release of Alt.
        if (character == 0 || !down && key != AltKey)
            return;
        if (char.IsHighSurrogate(character))
        {
            _highSurrogate = character;
            return;
        }

        Rune rune = Rune.TryCreate(_highSurrogate, character, out Rune pair) ? pair
            : Rune.TryCreate(character, out Rune single) ? single : Rune.ReplacementChar;
        _highSurrogate = '\0';
        Span<byte> encoded = stackalloc byte[4];
        int length = rune.EncodeToUtf8(encoded);
        for (int n = Math.Max((ushort)1, BinaryPrimitives.ReadUInt16LittleEndian(record[8..])); n > 0; n--)
        {
            foreach (byte b in encoded[..length])
                _keys.Enqueue(b);
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    private static partial int GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32")]
    private static partial int SetConsoleMode(nint handle, uint mode);

    [LibraryImport("kernel32")]
    private static partial uint GetConsoleCP();

    [LibraryImport("kernel32")]
    private static partial uint GetConsoleOutputCP();

    [LibraryImport("kernel32")]
    private static partial int SetConsoleCP(uint page);

    [LibraryImport("kernel32")]
    private static partial int SetConsoleOutputCP(uint page);

    [LibraryImport("kernel32")]
    private static partial uint WaitForMultipleObjects(uint count, nint* handles, int all, uint milliseconds);

    [LibraryImport("kernel32")]
    private static partial int ReadConsoleInputW(nint handle, byte* records, uint length, out uint count);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int WriteFile(nint handle, byte* source, uint length, out uint written, nint overlapped);
}
