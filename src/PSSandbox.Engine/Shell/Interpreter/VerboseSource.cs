using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A script's text line by line; each is written to standard error when it is read and <c>set -v</c> is on.</summary>
internal sealed class VerboseSource(ShellInterpreter shell, string text) : IShellSource
{
    private int _position;

    /// <inheritdoc/>
    public string? ReadLine(bool isContinuation)
    {
        if (_position >= text.Length)
            return null;
        int newline = text.IndexOf('\n', _position);
        int end = newline < 0 ? text.Length : newline + 1;
        string line = text[_position..end];
        _position = end;
        if (shell.Has(ShellOptions.Verbose))
            shell.WriteError(line);
        return line;
    }
}
