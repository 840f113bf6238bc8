using PSSandbox.Processes;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary>What expansions need of the shell that they are made in; the interpreter implements it.</summary>
internal interface IExpansionHost
{
    /// <summary>The shell's process: file system, working directory, signals, memory.</summary>
    Process Process { get; }

    /// <summary>Its variables.</summary>
    VariableTable Variables { get; }

    /// <summary>Options as they are now.</summary>
    ExpansionOptions Options { get; }

    /// <summary>The positional parameters, <c>$1</c> first.</summary>
    ReadOnlySpan<string> Positional { get; }

    /// <summary><c>$0</c>.</summary>
    string ShellName { get; }

    /// <summary><c>$?</c>.</summary>
    int LastStatus { get; }

    /// <summary><c>$$</c>.</summary>
    int ShellProcessId { get; }

    /// <summary><c>$!</c>; 0 when there was no background process yet.</summary>
    int LastBackgroundProcessId { get; }

    /// <summary><c>$-</c>.</summary>
    string OptionLetters { get; }

    /// <summary>The longest value that an expansion may give, in bytes; beyond it <see cref="ShellMemoryException"/> is thrown.</summary>
    int MaxValueLength { get; }

    /// <summary>Runs a command substitution and gives its output as it is; the expander removes the trailing newlines and NUL bytes.</summary>
    string Substitute(CommandSubstitutionPart substitution);

    /// <summary>Starts a process substitution and gives the path of its pipe.</summary>
    string Substitute(ProcessSubstitutionPart substitution);

    /// <summary>
    /// Does what is due when the process's <c>Attention</c> is set: ends the process on a fatal signal (by exception).
    /// Traps wait until the command has ended, as POSIX wants. Called from loops that could run long.
    /// </summary>
    void CheckAttention();

    /// <summary>A directory of the stack of <c>pushd</c>, by <c>N</c>, <c>+N</c> or <c>-N</c>; null if there is none.</summary>
    string? DirectoryOnStack(string place);

    /// <summary>Writes a warning to standard error, prefixed as the shell's messages are.</summary>
    void Warn(string message);

    /// <summary>The text of <c>${name@P}</c>'s and prompts' escapes that only the interpreter knows; null for an unknown one.</summary>
    /// <param name="escape">The character after the backslash, e.g. 'w', 'u', '#'.</param>
    string? ExpandPromptEscape(char escape);

    /// <summary>Parses a text as the inside of double quotes (<c>${name@P}</c>, PS4) and gives the word.</summary>
    Word ParsePromptWord(string text);
}
