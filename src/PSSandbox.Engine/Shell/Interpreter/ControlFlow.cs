namespace PSSandbox.Shell.Interpreter;

/// <summary>What unwinds the interpreter's frames now; looked at after every command, so that no exception is needed.</summary>
internal enum ControlFlow
{
    /// <summary>Nothing: go on with the next command.</summary>
    None,

    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,

    /// <summary><c>return</c>, to the function or sourced file.</summary>
    Return,

    /// <summary>An error that ends the current command list but not an interactive shell; what <c>exit</c> is otherwise.</summary>
    Abort,

    /// <summary><c>exit</c>: the shell ends.</summary>
    Exit,
}
