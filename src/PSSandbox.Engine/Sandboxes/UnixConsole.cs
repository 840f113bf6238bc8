using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PSSandbox.Sandboxes;

/// <summary>The console on Linux and macOS: standard input and output, by the C library.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe partial class UnixConsole : IHostConsole
{
    private const int Input = 0, Output = 1;
    private const int SetNow = 0;
    private const short PollInput = 1;

    /// <summary>More than any system's <c>struct termios</c> takes (60 bytes on Linux, 72 on macOS).</summary>
    private const int AttributesSize = 256;

    private readonly byte[] _before = new byte[AttributesSize];
    private readonly int[] _wake = new int[2];
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _windowChanged;
    private readonly PosixSignalRegistration _continued;
    private bool _raw;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">No pipe can be had.</exception>
    public UnixConsole()
    {
        _windowChanged = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resized?.Invoke());
        _continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Continue());
        fixed (int* ends = _wake)
        {
            if (pipe(ends) != 0)
                throw new IOException($"The console cannot be waited for: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }

    /// <inheritdoc/>
    public event Action? Resized;

    /// <summary>Whether standard input and output both are a terminal.</summary>
    public static bool IsTerminal => isatty(Input) == 1 && isatty(Output) == 1;

    /// <inheritdoc/>
    /// <remarks>Asked of the system itself: the runtime keeps the size, and may not know yet of a change that a signal tells of.</remarks>
    public (int Rows, int Columns) Size
    {
        get
        {
            ushort* size = stackalloc ushort[4];
            int result = !OperatingSystem.IsMacOS() ? ioctl(Output, 0x5413, size)
                : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ioctl(Output, 0x40087468, 0, 0, 0, 0, 0, 0, size)
                : ioctl(Output, 0x40087468, size);
            return result == 0 && size[0] > 0 && size[1] > 0 ? (size[0], size[1]) : (24, 80);
        }
    }

    /// <inheritdoc/>
    public void EnterRawMode()
    {
        lock (_lock)
        {
            fixed (byte* before = _before)
            {
                if (!_raw && tcgetattr(Input, before) != 0)
                    return;
            }

            MakeRaw();
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
            fixed (byte* before = _before)
                _ = tcsetattr(Input, SetNow, before);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        while (true)
        {
            entries[0] = new PollEntry { Descriptor = Input, Wanted = PollInput };
            entries[1] = new PollEntry { Descriptor = _wake[0], Wanted = PollInput };
            if (poll(entries, 2, -1) < 0)
                continue;
            if (entries[1].Found != 0)
                return 0;
            fixed (byte* target = buffer)
            {
                nint count = read(Input, target, (nuint)buffer.Length);
                if (count >= 0 || !IsTransient(Marshal.GetLastPInvokeError()))
                    return (int)Math.Max(0, count);
            }
        }
    }

    /// <inheritdoc/>
    public void StopReading()
    {
        byte one = 1;
        _ = write(_wake[1], &one, 1);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _windowChanged.Dispose();
        _continued.Dispose();
        LeaveRawMode();
        _ = close(_wake[0]);
        _ = close(_wake[1]);
        _output.Dispose();
    }

    /// <summary>Who stopped this process and let it go on (a shell with job control) may have set modes of its own meanwhile.</summary>
    private void Continue()
    {
        lock (_lock)
        {
            if (_raw)
                MakeRaw();
        }
    }

    private void MakeRaw()
    {
        byte* raw = stackalloc byte[AttributesSize];
        _before.CopyTo(new Span<byte>(raw, AttributesSize));
        cfmakeraw(raw);
        _raw = tcsetattr(Input, SetNow, raw) == 0;
    }

    /// <summary>EINTR, and EAGAIN by its number on Linux and on macOS.</summary>
    private static bool IsTransient(int error) => error is 4 or 11 or 35;

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, ushort* argument);

    /// <summary>For macOS on arm64, where what a function takes beyond its named parameters is passed on the stack, behind eight registers.</summary>
    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, ushort* argument);

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int descriptor, byte* attributes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int descriptor, int when, byte* attributes);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte* attributes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe(int* ends);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
