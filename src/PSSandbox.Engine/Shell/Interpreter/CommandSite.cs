using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>What is known of a simple command from its source alone; found once and kept on its node.</summary>
internal sealed class CommandSite
{
    private CommandSite(SimpleCommand command)
    {
        Builtin = command.LiteralName is { } name ? BuiltinTable.Find(name) : null;
        foreach (Word word in command.Words)
            HasDeclarations |= word.Assignment is not null;
    }

    /// <summary>The built-in that the literal name names.</summary>
    public Builtin? Builtin { get; }

    /// <summary>Whether an argument is an assignment of a declaration utility.</summary>
    public bool HasDeclarations { get; }

    /// <summary>The site of a command.</summary>
    public static CommandSite Of(SimpleCommand command)
    {
        if (command.Cache is CommandSite site)
            return site;
        site = new CommandSite(command);
        command.Cache = site;
        return site;
    }
}
