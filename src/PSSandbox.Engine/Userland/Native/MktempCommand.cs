using System.Security.Cryptography;
using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>mktemp: makes a file or directory under a name that no one can guess.</summary>
internal static class MktempCommand
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string DefaultTemplate = "tmp.XXXXXX";
    private const int LeastPlaceholders = 3;
    private const int Attempts = 100;
    private const int FileMode = 0x180;
    private const int DirectoryMode = 0x1c0;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("mktemp", "/bin", "[-dqtu] [-p DIR] [TEMPLATE]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("dqtup:s:", "directory:d", "quiet:q", "dry-run:u", "tmpdir:p", "suffix:s");
        if (options is null)
            return 1;
        if (options.Operands.Count > 1)
            return context.Usage();
        string template = options.Operands.Count == 0 ? DefaultTemplate : options.Operands[0];
        string suffix = options.Value('s') ?? "";
        int end = template.LastIndexOf('X') + 1;
        suffix = template[end..] + suffix;
        int begin = end;
        while (begin > 0 && template[begin - 1] == 'X')
            begin--;
        if (end - begin < LeastPlaceholders)
            return Fail(context, options, $"{template}: Invalid argument");
        string prefix = template[..begin];
        if (options.Operands.Count == 0 || options.Has('t') || options.Has('p'))
            prefix = $"{Directory(context, options)}/{prefix}";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            string path = prefix + RandomNumberGenerator.GetString(Letters, end - begin) + suffix;
            Errno error = Make(context, options, path);
            if (error == Errno.EEXIST)
                continue;
            if (error != Errno.None)
                return Fail(context, options, $"{path}: {error.Message()}");
            context.Out.WriteLine(path);
            return 0;
        }

        return Fail(context, options, $"{template}: File exists");
    }

    private static string Directory(CommandContext context, CommandOptions options)
    {
        string? variable = Array.Find(context.Process.Environment, e => e.StartsWith("TMPDIR=", StringComparison.Ordinal))?[7..];
        string? given = options.Value('p');
        string directory = options.Has('t') && !string.IsNullOrEmpty(variable) ? variable
            : !string.IsNullOrEmpty(given) ? given
            : !string.IsNullOrEmpty(variable) ? variable
            : "/tmp";
        return directory.Length > 1 ? directory.TrimEnd('/') : directory;
    }

    private static Errno Make(CommandContext context, CommandOptions options, string path)
    {
        VirtualFileSystem files = context.Kernel.Files;
        if (options.Has('u'))
        {
            Errno found = files.GetStatus(context.Process.Paths, path, false, out _);
            return found == Errno.None ? Errno.EEXIST : found == Errno.ENOENT ? Errno.None : found;
        }

        if (options.Has('d'))
            return files.MakeDirectory(context.Process.Paths, path, DirectoryMode);
        const OpenFlags Flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive;
        Errno error = files.Open(context.Process.Paths, path, Flags, FileMode, out OpenFile? file);
        file?.Release();
        return error;
    }

    private static int Fail(CommandContext context, CommandOptions options, string message)
    {
        if (!options.Has('q'))
            context.Error(message);
        return 1;
    }
}
