using PSSandbox.Processes;
using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>echo.</summary>
internal static class EchoApplet
{
    private const string SimpleEscapes = "abcfnrtv\\";

    /// <summary>Runs it. BusyBox's are -E, which takes no -e back there, and escapes that the shell's echo reads in another way.</summary>
    public static int? Run(Process process)
    {
        ReadOnlySpan<string> words = process.Arguments.AsSpan(1);
        if (SandboxApplets.IsHelp(process.Arguments) || !AppletOutput.IsSmall(words))
            return null;
        bool newline = true;
        bool escapes = false;
        int options = OutputBuiltins.ReadEchoOptions(words, ref newline, ref escapes);
        foreach (string option in words[..options])
        {
            if (option.Contains('E', StringComparison.Ordinal))
                return null;
        }

        words = words[options..];
        if (escapes && !AreSimple(words))
            return null;
        var output = new ByteBuffer(null);
        if (OutputBuiltins.AppendWords(output, words, escapes ? Escapes.Style.Echo : null, null) && newline)
            output.Append('\n');
        return AppletOutput.Write(process, "echo", output.Span);
    }

    private static bool AreSimple(ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            for (int i = word.IndexOf('\\', StringComparison.Ordinal); i >= 0; i = word.IndexOf('\\', i + 2))
            {
                if (i + 1 == word.Length || !SimpleEscapes.Contains(word[i + 1], StringComparison.Ordinal))
                    return false;
                if (i + 2 >= word.Length)
                    break;
            }
        }

        return true;
    }
}
