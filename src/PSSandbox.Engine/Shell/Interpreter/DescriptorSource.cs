using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A shell's commands from standard input: line by line and no further, so that what it runs reads what follows.</summary>
internal sealed class DescriptorSource(ShellInterpreter shell) : IShellSource
{
    private bool _ended;

    /// <summary>Whether the input has ended.</summary>
    public bool IsEnded => _ended;

    /// <inheritdoc/>
    public string? ReadLine(bool isContinuation)
    {
        if (_ended)
            return null;
        if (shell.IsInteractive)
        {
            if (!isContinuation)
            {
                shell.ReportJobs();
                shell.RunPromptCommand();
            }

            if (shell.Input is { } input)
            {
                string? typed = input.ReadLine(isContinuation, out _ended);
                if (typed is not null && shell.Has(ShellOptions.Verbose))
                    shell.WriteError(typed);
                return typed;
            }

            Prompt(shell.Variables.Get(isContinuation ? "PS2" : "PS1") ?? "");
        }

        var reader = new DescriptorReader(shell, 0);
        bool complete = reader.ReadLine(out string line);
        if (!complete)
        {
            _ended = reader.Terminal is null;
            if (line.Length == 0)
                return null;
        }

        if (complete)
            line += "\n";
        if (shell.Has(ShellOptions.Verbose))
            shell.WriteError(line);
        return line;
    }

    private void Prompt(string text)
    {
        try
        {
            shell.WriteError(shell.Expander.ExpandPrompt(text));
        }
        catch (ShellExpansionException error)
        {
            shell.Error(error.Message);
        }
    }
}
