using PSSandbox.Shell.Builtins;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// A command substitution of one built-in that changes nothing, <c>$(echo …)</c> or <c>$(printf …)</c>, with words whose expansion
/// changes nothing either: no subshell is needed to keep its effects from the shell, for there are none.
/// </summary>
internal sealed class PureSubstitution
{
    private static readonly PureSubstitution None = new(null!, null!);

    private PureSubstitution(SimpleCommand command, Builtin builtin)
    {
        Command = command;
        Builtin = builtin;
    }

    /// <summary>The command.</summary>
    public SimpleCommand Command { get; }

    /// <summary>What it runs.</summary>
    public Builtin Builtin { get; }

    /// <summary>What is known of a substitution; null if it is none of this kind. Found once and kept on its node.</summary>
    public static PureSubstitution? Of(CommandSubstitutionPart part)
    {
        if (part.Cache is not PureSubstitution known)
            part.Cache = known = Find(part);
        return known == None ? null : known;
    }

    private static PureSubstitution Find(CommandSubstitutionPart part)
    {
        if (part.Body.Items is not [{ IsAsync: false, Statement: SimpleCommand { Assignments.Length: 0, Redirections.Length: 0 } command }]
            || command.LiteralName is not ("echo" or "printf" or "true" or ":") || BuiltinTable.Find(command.LiteralName) is not { } builtin)
            return None;
        foreach (Word word in command.Words)
        {
            if (word.Assignment is not null || !Array.TrueForAll(word.Parts, IsPure))
                return None;
            if (word.Text is { } text && text.StartsWith("-v", StringComparison.Ordinal))
                return None;
        }

        // The first argument of printf could expand to -v.
        if (builtin.Name == "printf" && command.Words is not [_, { Text: not null }, ..])
            return None;
        return new PureSubstitution(command, builtin);
    }

    private static bool IsPure(WordPart part) => part switch
    {
        LiteralPart or QuotedPart => true,
        DoubleQuotedPart quoted => Array.TrueForAll(quoted.Parts, IsPure),
        ParameterPart parameter => parameter is { Operator: ParameterOperator.None, Subscript: null, IsIndirect: false } && !IsTelling(parameter.Name),
        _ => false,
    };

    /// <summary>Whether a parameter's value tells a subshell from its parent, or changes when it is looked at.</summary>
    private static bool IsTelling(string name) =>
        name.StartsWith("BASH", StringComparison.Ordinal) || name is "RANDOM" or "SRANDOM" or "_" or "LINENO";
}
