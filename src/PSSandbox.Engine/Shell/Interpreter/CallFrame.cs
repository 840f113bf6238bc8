namespace PSSandbox.Shell.Interpreter;

/// <summary>A function or sourced file that is running.</summary>
/// <param name="Name">The element of FUNCNAME: the function, or <c>source</c>.</param>
/// <param name="Source">The file that it was defined in, or that is sourced: the element of BASH_SOURCE.</param>
/// <param name="CallLine">Where it was called: the element of BASH_LINENO.</param>
internal sealed record CallFrame(string Name, string Source, int CallLine);
