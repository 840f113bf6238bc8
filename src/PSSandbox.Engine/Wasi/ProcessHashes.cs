using System.Security.Cryptography;
using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Wasi;

/// <summary>
/// The message digests that one process is computing by the platform's cryptography, by handle. Their number is bounded, and
/// they end with the process. Used by its own thread only.
/// </summary>
internal sealed class ProcessHashes : IDisposable
{
    /// <summary>How many may be open at a time.</summary>
    public const int Capacity = 8;

    /// <summary>Bytes of the longest algorithm name.</summary>
    public const int LongestName = 8;

    private readonly IncrementalHash?[] _hashes = new IncrementalHash?[Capacity];

    /// <summary>Begins a digest.</summary>
    /// <param name="name">md5, sha1, sha256, sha384, sha512, sha3-256, sha3-384 or sha3-512.</param>
    /// <param name="handle">A number to name it by, from 0.</param>
    /// <returns>ENOENT: no such algorithm, or the platform does not have it; EMFILE.</returns>
    public Errno Open(ReadOnlySpan<byte> name, out int handle)
    {
        handle = Array.IndexOf(_hashes, null);
        if (handle < 0)
            return Errno.EMFILE;
        if (Algorithm(Encoding.Latin1.GetString(name)) is not { } algorithm)
            return Errno.ENOENT;
        try
        {
            _hashes[handle] = IncrementalHash.CreateHash(algorithm);
            return Errno.None;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            return Errno.ENOENT; // a platform's policy may forbid md5, for example
        }
    }

    /// <summary>An open digest; null for a handle that is none.</summary>
    public IncrementalHash? Find(int handle) => (uint)handle < Capacity ? _hashes[handle] : null;

    /// <summary>Ends a digest that is open.</summary>
    public void Close(int handle)
    {
        _hashes[handle]!.Dispose();
        _hashes[handle] = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IncrementalHash? hash in _hashes)
            hash?.Dispose();
    }

    private static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "md5" => HashAlgorithmName.MD5,
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        "sha3-256" when SHA3_256.IsSupported => HashAlgorithmName.SHA3_256,
        "sha3-384" when SHA3_384.IsSupported => HashAlgorithmName.SHA3_384,
        "sha3-512" when SHA3_512.IsSupported => HashAlgorithmName.SHA3_512,
        _ => null,
    };
}
