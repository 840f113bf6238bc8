using System.Reflection;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// The code of large modules, which this process keeps. What a language interpreter needs to start is thousands of functions
/// that run a few times; the runtime compiles them in half the time where it may begin without optimising and optimise
/// what runs much, and it does that only with code that is never unloaded. A bound on the bytes keeps a guest from filling
/// the host's memory: what comes when it is reached is loaded like a small module, and unloaded.
/// </summary>
/// <param name="maxBytes">Bytes of all images that are kept.</param>
/// <remarks>Safe for several threads.</remarks>
internal sealed class KeptCode(long maxBytes)
{
    /// <summary>Bytes of an image from which on its module is a large one.</summary>
    public const int LargeImage = 2 << 20;

    private readonly Dictionary<string, Module> _kept = [];
    private long _bytes;

    /// <summary>What the engines of this process keep together: 128 MiB.</summary>
    public static KeptCode OfProcess { get; } = new(128L << 20);

    /// <summary>The code of a key, where it was loaded before.</summary>
    public Module? Find(string key)
    {
        lock (_kept)
            return _kept.GetValueOrDefault(key);
    }

    /// <summary>Loads an image: for good if it is large and there is room.</summary>
    /// <param name="key">What stands for every byte of the image.</param>
    /// <param name="image">The image.</param>
    public Module Load(string key, byte[] image)
    {
        if (image.Length < LargeImage)
            return LoadedCode.Load(image);
        lock (_kept)
        {
            if (_kept.TryGetValue(key, out Module? module))
                return module;
            if (_bytes + image.Length > maxBytes)
                return LoadedCode.Load(image);
            module = LoadedCode.Load(image, forGood: true);
            _kept.Add(key, module);
            _bytes += image.Length;
            return module;
        }
    }
}
