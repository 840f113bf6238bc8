using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Gives back source for a syntax tree: it parses to the same tree, in the layout of bash's <c>declare -f</c>.</summary>
internal static class ShellPrinter
{
    /// <summary>A script, with the comments that were kept.</summary>
    public static string Print(Script script)
    {
        StringBuilder output = new();
        new CommandPrinter(output, script.Comments).PrintScript(script.Body);
        return output.ToString();
    }

    /// <summary>A list, a statement a line.</summary>
    /// <param name="list">The list.</param>
    /// <param name="checkpoint">Called now and then; an exception of it ends the printing.</param>
    public static string Print(CommandList list, Action? checkpoint = null)
    {
        StringBuilder output = new();
        new CommandPrinter(output, [], checkpoint).PrintScript(list);
        return output.ToString();
    }

    /// <summary>One statement on one line, but for here-documents: what BASH_COMMAND and <c>jobs</c> show.</summary>
    public static string PrintInline(Statement statement) =>
        CommandPrinter.PrintInline(new CommandList(statement.Position, [new ListItem(statement, false)])).TrimEnd('\n');

    /// <summary>A word.</summary>
    public static string Print(Word word)
    {
        StringBuilder output = new();
        new WordPrinter(output, new CommandPrinter(output, [])).Print(word);
        return output.ToString();
    }

    /// <summary>A function as <c>declare -f</c> and <c>type</c> show it: a body that is no group is shown in one. Ends in a newline.</summary>
    /// <param name="function">The function.</param>
    /// <param name="checkpoint">Called now and then; an exception of it ends the printing.</param>
    public static string Print(FunctionDefinition function, Action? checkpoint = null)
    {
        Command body = function.Body is BraceGroup
            ? function.Body
            : new BraceGroup(function.Body.Position, new CommandList(function.Body.Position, [new ListItem(function.Body, false)]));
        FunctionDefinition shown = new(function.Position, function.Name, body, hasKeyword: false);
        return Print(new CommandList(function.Position, [new ListItem(shown, false)]), checkpoint);
    }
}
