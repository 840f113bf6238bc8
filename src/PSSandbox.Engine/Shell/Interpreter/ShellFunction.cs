using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A defined function; never changed, so that subshells share it.</summary>
/// <param name="Definition">Its source tree.</param>
/// <param name="Source">The file that defined it, as BASH_SOURCE gives it.</param>
internal sealed record ShellFunction(FunctionDefinition Definition, string Source)
{
    /// <summary>Whether <c>readonly -f</c> was applied.</summary>
    public bool IsReadonly { get; init; }

    /// <summary>Whether <c>export -f</c> was applied.</summary>
    public bool IsExported { get; init; }

    /// <summary>Whether <c>declare -ft</c> was applied: DEBUG and RETURN traps are inherited.</summary>
    public bool IsTraced { get; init; }
}
