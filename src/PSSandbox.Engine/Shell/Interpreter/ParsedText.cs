using System.Collections.Concurrent;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>Source texts that were parsed as a whole and run without an alias: kept, so that the next run need not parse.</summary>
internal static class ParsedText
{
    private const int MaxEntries = 512;
    private const int MaxLength = 16384;
    private static readonly ConcurrentDictionary<string, CommandList[]> PosixTexts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, CommandList[]> BashTexts = new(StringComparer.Ordinal);

    /// <summary>The commands of a text, if it was parsed before.</summary>
    public static CommandList[]? Find(string text, ShellDialect dialect) =>
        text.Length <= MaxLength && Texts(dialect).TryGetValue(text, out CommandList[]? commands) ? commands : null;

    /// <summary>Keeps the commands of a text.</summary>
    public static void Keep(string text, ShellDialect dialect, List<CommandList> commands)
    {
        if (text.Length > MaxLength)
            return;
        ConcurrentDictionary<string, CommandList[]> texts = Texts(dialect);
        if (texts.Count >= MaxEntries)
            texts.Clear();
        texts[text] = [.. commands];
    }

    private static ConcurrentDictionary<string, CommandList[]> Texts(ShellDialect dialect) =>
        dialect == ShellDialect.Posix ? PosixTexts : BashTexts;
}
