using System.Reflection;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// The code of large modules, which this process keeps. What a language interpreter needs to start is thousands of functions
/// that run a few times; the runtime compiles them in half the time where it may begin without optimising and optimise
/// what runs much, and it does that only with code that is never unloaded. A bound on the bytes keeps a guest from filling
/// the host's memory: what comes when it is reached is loaded like a small module, and unloaded.
/// </summary>
/// <remarks>Safe for several threads.</remarks>
internal static class KeptCode
{
    /// <summary>Bytes of an image from which on its module is a large one.</summary>
    public const int LargeImage = 2 << 20;

    /// <summary>Bytes of all images that are kept.</summary>
    public const long MaxBytes = 128L << 20;

    private static readonly Dictionary<string, Module> Kept = [];
    private static long _bytes;

    /// <summary>The code of a key, where it was loaded before.</summary>
    public static Module? Find(string key)
    {
        lock (Kept)
            return Kept.GetValueOrDefault(key);
    }

    /// <summary>Loads an image: for good if it is large and there is room.</summary>
    /// <param name="key">What stands for every byte of the image.</param>
    /// <param name="image">The image.</param>
    public static Module Load(string key, byte[] image)
    {
        if (image.Length < LargeImage)
            return LoadedCode.Load(image);
        lock (Kept)
        {
            if (Kept.TryGetValue(key, out Module? module))
                return module;
            if (_bytes + image.Length > MaxBytes)
                return LoadedCode.Load(image);
            module = LoadedCode.Load(image, forGood: true);
            Kept.Add(key, module);
            _bytes += image.Length;
            return module;
        }
    }
}
