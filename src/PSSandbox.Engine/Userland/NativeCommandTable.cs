using System.Collections;
using System.Text;

namespace PSSandbox.Userland;

/// <summary>
/// The native commands by name. Each is a real file of a sandbox, so that it can be listed, copied, tested with -x, removed and
/// overridden: an executable file with a magic number and the command's name.
/// </summary>
internal sealed class NativeCommandTable : IEnumerable<NativeCommand>
{
    private static ReadOnlySpan<byte> Magic => "\x7fPSSB\n"u8;

    private readonly Dictionary<string, NativeCommand> _commands = new(StringComparer.Ordinal);
    private readonly List<NativeApplet> _applets = [];

    /// <summary>Applets of BusyBox that need not run as such. Their files are BusyBox's.</summary>
    public IReadOnlyList<NativeApplet> Applets => _applets;

    /// <summary>Adds a command, instead of an earlier one of its name.</summary>
    public NativeCommandTable Add(NativeCommand command)
    {
        _commands[command.Name] = command;
        return this;
    }

    /// <summary>Adds an applet.</summary>
    public NativeCommandTable Add(NativeApplet applet)
    {
        _applets.Add(applet);
        return this;
    }

    /// <summary>The content of a command's file.</summary>
    public static byte[] FileContent(string name) => [.. Magic, .. ByteText.ToBytes(name), (byte)'\n'];

    /// <summary>The command that a file names; null if it names none, or none that exists.</summary>
    /// <param name="content">The file's first bytes.</param>
    public NativeCommand? Find(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith(Magic))
            return null;
        ReadOnlySpan<byte> rest = content[Magic.Length..];
        int end = rest.IndexOf((byte)'\n');
        return end < 0 ? null : Find(Encoding.Latin1.GetString(rest[..end]));
    }

    /// <summary>The command of a name; null if there is none.</summary>
    public NativeCommand? Find(string name) => _commands.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<NativeCommand> GetEnumerator() => _commands.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
