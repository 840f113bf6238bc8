using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>
/// A process's descriptors: small numbers for open file descriptions (POSIX 3.141). Changed by the process's own thread
/// and read by others (/proc), under its lock.
/// </summary>
internal sealed class DescriptorTable
{
    private readonly Lock _lock = new();
    private OpenFile?[] _files;
    private ulong[] _closeOnExec;
    private int _open;

    /// <summary>Makes an empty table.</summary>
    /// <param name="limit">Descriptors are below this number (RLIMIT_NOFILE).</param>
    public DescriptorTable(int limit)
        : this(limit, new OpenFile?[4], new ulong[1])
    {
    }

    private DescriptorTable(int limit, OpenFile?[] files, ulong[] closeOnExec)
    {
        Limit = limit;
        _files = files;
        _closeOnExec = closeOnExec;
    }

    /// <summary>Descriptors are below this number.</summary>
    public int Limit { get; set; }

    /// <summary>How many are open.</summary>
    public int Count => Volatile.Read(ref _open);

    /// <summary>The open file behind a descriptor, without a reference of its own; null if there is none.</summary>
    public OpenFile? this[int descriptor]
    {
        get
        {
            OpenFile?[] files = _files;
            return (uint)descriptor < (uint)files.Length ? files[descriptor] : null;
        }
    }

    /// <summary>Puts a file, whose reference it takes over, at the least free number not below <paramref name="least"/>. EMFILE, EINVAL.</summary>
    public Errno Add(OpenFile file, out int descriptor, int least = 0, bool closeOnExec = false)
    {
        descriptor = -1;
        if (least < 0 || least >= Limit)
            return Errno.EINVAL;
        lock (_lock)
        {
            int number = least;
            while (number < _files.Length && _files[number] is not null)
                number++;
            if (number >= Limit)
                return Errno.EMFILE;
            Place(number, file, closeOnExec);
            descriptor = number;
            return Errno.None;
        }
    }

    /// <summary>Puts a file, whose reference it takes over, at a number; what was there is closed. EBADF beyond the limit.</summary>
    public Errno Set(int descriptor, OpenFile file, bool closeOnExec = false)
    {
        if (descriptor < 0 || descriptor >= Limit)
            return Errno.EBADF;
        OpenFile? old;
        lock (_lock)
        {
            old = this[descriptor];
            if (old is not null)
                _open--;
            Place(descriptor, file, closeOnExec);
        }

        old?.Release();
        return Errno.None;
    }

    /// <summary>Makes <paramref name="to"/> the same description as <paramref name="from"/> (POSIX dup2). EBADF.</summary>
    public Errno Duplicate(int from, int to, bool closeOnExec = false)
    {
        OpenFile? file = this[from];
        if (file is null || to < 0 || to >= Limit)
            return Errno.EBADF;
        return from == to ? Errno.None : Set(to, file.AddReference(), closeOnExec);
    }

    /// <summary>Closes a descriptor. EBADF.</summary>
    public Errno Close(int descriptor)
    {
        OpenFile? file = Take(descriptor);
        file?.Release();
        return file is null ? Errno.EBADF : Errno.None;
    }

    /// <summary>Frees a number without closing: the reference goes to the caller. Null if it was not open.</summary>
    public OpenFile? Take(int descriptor)
    {
        lock (_lock)
        {
            OpenFile? file = this[descriptor];
            if (file is null)
                return null;
            _files[descriptor] = null;
            SetBit(descriptor, false);
            _open--;
            return file;
        }
    }

    /// <summary>Whether the descriptor is closed when another program is executed (FD_CLOEXEC).</summary>
    public bool IsCloseOnExec(int descriptor) =>
        descriptor >> 6 < _closeOnExec.Length && (_closeOnExec[descriptor >> 6] >> (descriptor & 63) & 1) != 0;

    /// <summary>Sets FD_CLOEXEC. EBADF.</summary>
    public Errno SetCloseOnExec(int descriptor, bool on)
    {
        lock (_lock)
        {
            if (this[descriptor] is null)
                return Errno.EBADF;
            SetBit(descriptor, on);
            return Errno.None;
        }
    }

    /// <summary>A copy for a child: the same descriptions, each with one more reference.</summary>
    public DescriptorTable Clone()
    {
        lock (_lock)
        {
            int length = _files.Length;
            while (length > 4 && _files[length - 1] is null)
                length--;
            var files = new OpenFile?[length];
            for (int i = 0; i < length; i++)
                files[i] = _files[i]?.AddReference();
            return new DescriptorTable(Limit, files, (ulong[])_closeOnExec.Clone()) { _open = _open };
        }
    }

    /// <summary>Closes what is marked FD_CLOEXEC.</summary>
    public void CloseForExec()
    {
        for (int word = 0; word < _closeOnExec.Length; word++)
        {
            for (int bit = 0; _closeOnExec[word] >> bit != 0; bit++)
            {
                if ((_closeOnExec[word] >> bit & 1) != 0)
                    Close(word * 64 + bit);
                if (bit == 63)
                    break;
            }
        }
    }

    /// <summary>Closes everything.</summary>
    public void CloseAll()
    {
        for (int i = 0; i < _files.Length; i++)
            Close(i);
    }

    /// <summary>The open numbers, ascending.</summary>
    public int[] Open()
    {
        lock (_lock)
        {
            int[] numbers = new int[_open];
            for (int i = 0, n = 0; i < _files.Length; i++)
            {
                if (_files[i] is not null)
                    numbers[n++] = i;
            }

            return numbers;
        }
    }

    private void Place(int number, OpenFile file, bool closeOnExec)
    {
        if (number >= _files.Length)
            Array.Resize(ref _files, Math.Min(Math.Max(number + 1, _files.Length * 2), Math.Max(Limit, number + 1)));
        _files[number] = file;
        SetBit(number, closeOnExec);
        _open++;
    }

    private void SetBit(int number, bool on)
    {
        int word = number >> 6;
        if (word >= _closeOnExec.Length)
        {
            if (!on)
                return;
            Array.Resize(ref _closeOnExec, word + 1);
        }

        if (on)
            _closeOnExec[word] |= 1UL << (number & 63);
        else
            _closeOnExec[word] &= ~(1UL << (number & 63));
    }
}
