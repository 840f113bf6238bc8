using System.Security.Cryptography;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Sandboxes;
using PSSandbox.Wasi;

namespace PSSandbox.Tests.Wasi;

/// <summary>Digests by the kernel, asked for as a guest does, well and badly.</summary>
public sealed class HashCallTests : IDisposable
{
    private const int Name = 1024;
    private const int Data = 4096;
    private const int Digest = 2048;
    private const int MemoryBytes = TrampolineModule.MemoryPages * 65536;
    private readonly Guest _guest = new("pssandbox");

    public void Dispose()
    {
        _guest.State.Hashes?.Dispose();
        _guest.Dispose();
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public void Digests_are_those_of_the_platform(string name)
    {
        byte[] data = new byte[200_000];
        new Random(4).NextBytes(data);
        data.CopyTo(_guest.Memory[Data..]);
        int handle = Open(name);
        for (int at = 0, step = 0; at < data.Length; at += step)
        {
            step = Math.Min(data.Length - at, step * 7 + 1);
            Assert.Equal(step, _guest.CallRaw("hash_update", handle, Data + at, step));
        }

        Assert.Equal(0, _guest.CallRaw("hash_update", handle, Data, 0));
        int length = _guest.CallRaw("hash_finish", handle, Digest, 64);
        using IncrementalHash expected = IncrementalHash.CreateHash(new HashAlgorithmName(name.ToUpperInvariant()));
        expected.AppendData(data);
        Assert.Equal(expected.GetHashAndReset(), _guest.Memory.Slice(Digest, length).ToArray());
    }

    [Fact]
    public void Two_digests_do_not_mix()
    {
        int first = Open("sha256"), second = Open("sha256");
        Assert.NotEqual(first, second);
        _guest.Put(Data, "ab");
        _guest.CallRaw("hash_update", first, Data, 1);
        _guest.CallRaw("hash_update", second, Data, 2);
        _guest.CallRaw("hash_update", first, Data + 1, 1);
        _guest.CallRaw("hash_finish", first, Digest, 32);
        _guest.CallRaw("hash_finish", second, Digest + 32, 32);
        Assert.Equal(SHA256.HashData("ab"u8), _guest.Memory.Slice(Digest, 32).ToArray());
        Assert.Equal(SHA256.HashData("ab"u8), _guest.Memory.Slice(Digest + 32, 32).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha255")]
    [InlineData("SHA256")]
    [InlineData("sha3-224")]
    [InlineData("a name that is longer than any")]
    public void Unknown_algorithms_are_refused(string name) =>
        Assert.Equal(Errno.ENOENT, _guest.CallError("hash_open", Name, _guest.Put(Name, name)));

    [Fact]
    public void Handles_are_bounded_and_come_back()
    {
        int[] handles = [.. Enumerable.Range(0, ProcessHashes.Capacity).Select(_ => Open("md5"))];
        Assert.Equal(ProcessHashes.Capacity, handles.Distinct().Count());
        Assert.Equal(Errno.EMFILE, _guest.CallError("hash_open", Name, _guest.Put(Name, "md5")));
        Assert.Equal(0, _guest.CallRaw("hash_finish", handles[3], 0, 0));
        Assert.Equal(handles[3], Open("sha1"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Handles_that_are_none_are_refused(int handle)
    {
        Assert.Equal(Errno.EBADF, _guest.CallError("hash_update", 0, Data, 1));
        Assert.Equal(0, Open("sha1"));
        Assert.Equal(Errno.EBADF, _guest.CallError("hash_update", handle, Data, 1));
        Assert.Equal(Errno.EBADF, _guest.CallError("hash_finish", handle, Digest, 64));
    }

    [Fact]
    public void Nothing_can_be_done_with_a_finished_digest()
    {
        int handle = Open("sha1");
        Assert.Equal(20, _guest.CallRaw("hash_finish", handle, Digest, 20));
        Assert.Equal(Errno.EBADF, _guest.CallError("hash_update", handle, Data, 1));
        Assert.Equal(Errno.EBADF, _guest.CallError("hash_finish", handle, Digest, 20));
    }

    [Fact]
    public void Addresses_outside_are_refused_and_change_nothing()
    {
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_open", MemoryBytes - 2, 3));
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_open", -4, -1));
        int handle = Open("sha256");
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_update", handle, MemoryBytes - 5, 6));
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_update", handle, Data, -1));
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_update", handle, -1, int.MaxValue));
        Assert.Equal(Errno.EFAULT, _guest.CallError("hash_finish", handle, MemoryBytes - 31, 32));
        Assert.Equal(Errno.ERANGE, _guest.CallError("hash_finish", handle, Digest, 31));
        Assert.Equal(32, _guest.CallRaw("hash_finish", handle, MemoryBytes - 32, 32));
        Assert.Equal(SHA256.HashData([]), _guest.Memory[^32..].ToArray());
    }

    [Fact]
    public async Task A_signal_cuts_an_update_short()
    {
        const int whole = 200_000;
        _guest.Memory.Slice(Data, whole).Fill(7);
        byte[] expected = SHA256.HashData(_guest.Memory.Slice(Data, whole));
        _guest.CallRaw("signal", (int)Signal.USR1, 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var signals = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                    _guest.Process.Deliver(Signal.USR1);
            },
            CancellationToken.None);
        bool cut = false;
        while (!cut && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            int handle = Open("sha256");
            int taken = _guest.CallRaw("hash_update", handle, Data, whole);
            cut = taken < whole;
            while (taken < whole)
                taken += _guest.CallRaw("hash_update", handle, Data + taken, whole - taken);
            Assert.Equal(32, _guest.CallRaw("hash_finish", handle, Digest, 32));
            Assert.Equal(expected, _guest.Memory.Slice(Digest, 32).ToArray());
        }

        await stop.CancelAsync();
        await signals;
        Assert.True(cut);
    }

    [Fact]
    public void Every_sum_is_the_same_by_the_kernel_and_by_the_userland()
    {
        // 224 bits of SHA-3 is what the platform does not have; the other sums of an empty file are known
        using Sandbox sandbox = Sandbox.Create();
        const string script = "cd /tmp; : > e; md5sum e; sha1sum e; sha256sum e; sha512sum e | cut -c 1-40; sha3sum e; sha3sum -a 256 e; md5sum /nonexistent 2>&1; md5sum . 2>&1; echo x | sha1sum -; sha1sum e > s; sha1sum -c s";
        Assert.Equal(
            """
            d41d8cd98f00b204e9800998ecf8427e  e
            da39a3ee5e6b4b0d3255bfef95601890afd80709  e
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  e
            cf83e1357eefb8bdf1542850d66d8007d620e405
            6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7  e
            a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a  e
            md5sum: can't open '/nonexistent': No such file or directory
            md5sum: can't read '.': Is a directory
            6fcf9dfbd479ed82697fee719b9f8c610a11ff2a  -
            e: OK

            """,
            sandbox.RunShell(script, null, TestContext.Current.CancellationToken).Stdout);
    }

    private int Open(string name)
    {
        int handle = _guest.CallRaw("hash_open", Name, _guest.Put(Name, name));
        Assert.True(handle >= 0);
        return handle;
    }
}
